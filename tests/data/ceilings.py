#!/usr/bin/env python3
"""Easy ceilings worked out apart from the program, from the publications: writes ceilings.tsv beside this file.

Each line: facts, easy pace in s/km, easy heart rate in bpm; a dash where there must be none. Speeds are found by halving
and not by the closed formula of the program; shares and tables are typed in anew.
"""
import datetime, math, os

DAYS = {False: [(5, 1), (14, .973), (28, .931), (42, .889), (56, .847), (72, .8)],
        True: [(5, 1), (14, .986), (28, .965), (42, .944), (56, .923), (72, .9)]}


def cost(v):  # ml/kg/min at m/min, Daniels and Gilbert 1979
    return -4.6 + .182258 * v + .000104 * v * v


def vdot(meters, seconds):
    t = seconds / 60
    share = .8 + .1894393 * math.exp(-.012778 * t) + .2989558 * math.exp(-.1932605 * t)
    return cost(meters / t) / share


def speed(oxygen):
    low, high = 0., 1000.
    for _ in range(200):
        mid = (low + high) / 2
        low, high = (mid, high) if cost(mid) < oxygen else (low, mid)
    return low / 60


def left(days, cross):
    table = DAYS[cross]
    if days <= 5:
        return 1
    for (a, x), (b, y) in zip(table, table[1:]):
        if days <= b:
            return x + (y - x) * (days - a) / (b - a)
    return table[-1][1]


def thin(height):
    return 1 - .063 * max(0, height - 300) / 1000


def race(meters, seconds, days=0, cross=False, here=0, there=0, rest=None, top=None):
    v = vdot(meters, seconds) * left(days, cross) * thin(here) / thin(there)
    pace = 1000 / min(speed(.7 * v), meters / seconds)
    return pace, None if rest is None else rest + (top - rest) * (.7 * v - 3.5) / (v - 3.5)


def nes(age):
    return 211 - .64 * age


day = lambda text: datetime.date.fromisoformat(text)
between = (day('2026-06-12') - day('2026-05-01')).days
ROWS = [
    # What a person gave stands, however slow, and whatever else is known.
    ('pace=390', 390, None),
    ('pace=720', 720, None),
    ('pace=630 race=5000/1500', 630, None),
    ('hr=145', None, 145),
    ('hr=110 medication age=60', None, 110),
    ('pace=390 hr=145 max=187 rest=56 age=38', 390, 145),
    ('lab=2.6/141', 1000 / 2.6, 141),
    ('lab=1.6/120 race=5000/1500', 1000 / 1.6, 120),
    ('talk=2.4/138', 1000 / 2.4, 138),
    ('talk=1.8/130 race=5000/1500', 1000 / 1.8, 130),
    ('hr=112 rest=105 age=30', None, 112),
    # Races.
    ('race=5000/1500', *race(5000, 1500)),
    ('race=5000/1474', *race(5000, 1474)),
    ('race=10000/2400', *race(10000, 2400)),
    ('race=21097.5/7200', *race(21097.5, 7200)),
    ('race=42195/14000', *race(42195, 14000)),
    ('race=42195/10800', *race(42195, 10800)),
    ('race=1500/330', *race(1500, 330)),
    ('race=5000/1500 rest=56 max=187', *race(5000, 1500, rest=56, top=187)),
    ('race=10000/3000 rest=60 max=180', *race(10000, 3000, rest=60, top=180)),
    ('race=5000/1500@2026-05-01 rehab=2026-06-12 on=2026-07-01', *race(5000, 1500, between)),
    ('race=5000/1500@2026-05-01 rehab=2026-06-12 on=2026-07-01 cross', *race(5000, 1500, between, True)),
    ('race=5000/1500@2026-05-01 rehab=2026-06-12 on=2026-07-01 days=20', *race(5000, 1500, 20)),
    ('race=5000/1500@2024-06-19 rehab=2026-06-12 on=2026-07-01', *race(5000, 1500, 723)),
    ('race=5000/1500@2026-05-01 rehab=2026-06-12 on=2026-09-04', None, None),
    ('race=5000/1500 altitude=1800', *race(5000, 1500, here=1800)),
    ('race=5000/1500 altitude=4500', None, None),
    ('race=5000/2700', None, None),
    ('race=5000/1500@2030-01-01 on=2026-07-01', None, None),
    ('race=5000/1500 medication', None, None),
    ('race=800/150', None, None),
    # Critical speed.
    ('critical=3.4', 1000 / (.78 * 3.4), None),
    ('critical=2.4', None, None),
    # Heart rates.
    ('lthr=168', None, .89 * 168),
    ('lthr=186 max=187', None, None),
    ('lthr=110', None, None),
    ('max=187 rest=56', None, 56 + .65 * (187 - 56)),
    ('max=187', None, .79 * 187),
    ('age=38', None, 180 - 38 - 10),
    ('age=38 rehab=2026-01-01 on=2026-07-01', None, 180 - 38 - 5),
    ('age=75 rest=100', None, 100 + .65 * (nes(75) - 100)),
    ('age=90 rest=100', None, None),
    ('age=5', None, None),
    ('age=12', None, None),
    ('age=38 max=187 medication', None, None),
    ('watch-max=182', None, .79 * 182),
    ('watch-lthr=165 watch-max=182', None, .89 * 165),
]
show = lambda x: '-' if x is None else f'{x:.4f}'
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'ceilings.tsv'), 'w') as out:
    for facts, pace, heart_rate in ROWS:
        out.write(f'{facts}\t{show(pace)}\t{show(heart_rate)}\n')
print(len(ROWS))
