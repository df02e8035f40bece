//! The checksum at the end of every FIT file: CRC-16 with the reflected polynomial 0xA001, sixteen bytes a step.

/// Bytes a step.
const STEP: usize = 16;

/// The checksum of `bytes`.
pub fn crc16(bytes: &[u8]) -> u16 {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let crc = steps.iter().fold(0, |crc: u16, step| {
        let [low, high] = crc.to_le_bytes();
        let first = TABLES[STEP - 1][usize::from(step[0] ^ low)] ^ TABLES[STEP - 2][usize::from(step[1] ^ high)];
        // What the checksum does not enter can be looked up before it is known.
        (2..STEP).fold(first, |sum, i| sum ^ TABLES[STEP - 1 - i][usize::from(step[i])])
    });
    rest.iter().fold(crc, |crc, &byte| (crc >> 8) ^ TABLES[0][usize::from(crc.to_le_bytes()[0] ^ byte)])
}

/// `TABLES[n][b]` is what byte `b` adds to the checksum when `n` more bytes of its step follow it.
static TABLES: [[u16; 256]; STEP] = tables();

const fn tables() -> [[u16; 256]; STEP] {
    let mut tables = [[0; 256]; STEP];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xA001 } else { crc >> 1 };
            bit += 1;
        }
        tables[0][byte] = crc;
        byte += 1;
    }
    let mut n = 1;
    while n < STEP {
        let mut byte = 0;
        while byte < 256 {
            let before = tables[n - 1][byte];
            tables[n][byte] = (before >> 8) ^ tables[0][(before & 0xFF) as usize];
            byte += 1;
        }
        n += 1;
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_catalogue() {
        assert_eq!(crc16(b"123456789"), 0xBB3D);
        assert_eq!(crc16(b""), 0);
    }

    #[test]
    fn a_step_at_a_time_is_a_bit_at_a_time() {
        let bytes: Vec<u8> = (0..1000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let slow = |bytes: &[u8]| {
            bytes.iter().fold(0, |crc: u16, &byte| {
                (0..8).fold(crc ^ u16::from(byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xA001 } else { c >> 1 })
            })
        };
        for end in [0, 1, 7, 15, 16, 17, 31, 32, 33, 999, 1000] {
            assert_eq!(crc16(&bytes[..end]), slow(&bytes[..end]), "{end} bytes");
        }
    }
}
