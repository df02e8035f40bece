//! Random numbers that are the same on every machine.

/// A stream of random numbers: `SplitMix64` (Steele, Lea and Flood 2014), with normal numbers after Box and Muller.
///
/// It is small and good enough for noise, and unlike a crate's generator it never changes under the fixtures.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream of one noise source, so that switching a source off leaves the others as they were.
    pub fn new(seed: u64, source: &str) -> Self {
        // FNV-1a spreads the names; `SplitMix64` takes any state.
        let name = source
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325, |hash: u64, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3));
        Self { state: seed ^ name }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, but without, 1.
    pub fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number from a normal distribution of mean 0 and standard deviation 1.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// One whole number of `low` to `high`, both included.
    pub fn whole(&mut self, low: usize, high: usize) -> usize {
        low + (self.uniform() * (high - low + 1) as f64) as usize
    }
}

/// A noise that remembers itself: an Ornstein-Uhlenbeck process, a step a second.
#[derive(Debug, Clone)]
pub struct Drift {
    random: Random,
    keep: f64,
    kick: f64,
    value: f64,
}

impl Drift {
    /// A process of standard deviation `deviation` that forgets itself over `tau` seconds; without a seed it stays 0.
    pub fn new(seed: Option<u64>, source: &str, deviation: f64, tau: f64) -> Self {
        let mut random = Random::new(seed.unwrap_or(0), source);
        let deviation = if seed.is_some() { deviation } else { 0.0 };
        let keep = (-1.0 / tau).exp();
        let value = deviation * random.normal();
        Self { random, keep, kick: deviation * (1.0 - keep * keep).sqrt(), value }
    }

    /// The value one second later.
    pub fn next(&mut self) -> f64 {
        self.value = self.keep * self.value + self.kick * self.random.normal();
        self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_never_changes() {
        let mut random = Random { state: 1_234_567 };
        // The first numbers of the reference implementation for this seed.
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn noise_has_the_deviation_and_the_memory_that_were_asked_for() {
        let mut drift = Drift::new(Some(7), "test", 3.0, 10.0);
        let xs: Vec<f64> = (0..100_000).map(|_| drift.next()).collect();
        let variance = xs.iter().map(|x| x * x).sum::<f64>() / xs.len() as f64;
        let lagged = xs.windows(11).map(|w| w[0] * w[10]).sum::<f64>() / xs.len() as f64;
        assert!((variance.sqrt() - 3.0).abs() < 0.15, "{variance}");
        assert!((lagged / variance - (-1.0_f64).exp()).abs() < 0.05, "{lagged}");
    }

    #[test]
    fn without_a_seed_there_is_no_noise() {
        let mut drift = Drift::new(None, "test", 3.0, 10.0);
        assert!((0..10).all(|_| drift.next() == 0.0));
    }
}
