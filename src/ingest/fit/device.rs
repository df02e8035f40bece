//! The name of the watch.

use super::contents::{Contents, Device};
use super::names::{GARMIN_PRODUCTS, MANUFACTURERS};
use super::sports::named;

/// The name of the watch as `garmin/fr255`; numbers without a name stay numbers.
pub fn name(contents: &Contents) -> Option<String> {
    // The number of programs that have none of their own; with a name beside it, it says nothing.
    const DEVELOPMENT: u16 = 255;
    let device = if contents.creator.manufacturer.is_some() { &contents.creator } else { &contents.watch };
    if device.manufacturer == Some(DEVELOPMENT) && device.product_name.is_some() {
        return device.product_name.clone();
    }
    let maker = named(MANUFACTURERS, device.manufacturer?);
    match product(device) {
        Some(product) => Some(format!("{maker}/{product}")),
        None => Some(maker),
    }
}

fn product(device: &Device) -> Option<String> {
    const NUMBERED_BY_GARMIN: [u16; 4] = [1, 2, 13, 15];
    if device.product_name.is_some() {
        return device.product_name.clone();
    }
    let product = device.product?;
    let by_garmin = device.manufacturer.is_some_and(|maker| NUMBERED_BY_GARMIN.contains(&maker));
    Some(if by_garmin { named(GARMIN_PRODUCTS, product) } else { product.to_string() })
}
