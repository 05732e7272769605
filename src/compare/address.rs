//! Addresses and ranges of addresses.

use std::net::IpAddr;

/// An inclusive range of addresses of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    first: u128,
    last: u128,
    is_v6: bool,
}

impl Range {
    /// `10.1.2.3`, `10.1.2.0/24`, `10.1.2.0/255.255.255.0`, `10.1.2.3-10.1.2.9`, and the same of IPv6.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((address, mask)) = text.split_once('/') {
            let address: IpAddr = address.trim().parse().ok()?;
            let bits: u32 = if address.is_ipv6() { 128 } else { 32 };
            let prefix = match mask.trim().parse::<IpAddr>() {
                Ok(mask) if !mask.is_ipv6() && !address.is_ipv6() => prefix_of(number(mask))?,
                Ok(_) => return None,
                Err(_) => mask.trim().parse().ok().filter(|prefix| *prefix <= bits)?,
            };
            let rest = if bits == prefix { 0 } else { u128::MAX >> (128 - (bits - prefix)) };
            let first = number(address) & !rest;
            return Some(Self { first, last: first | rest, is_v6: address.is_ipv6() });
        }
        if let Some((first, last)) = text.split_once('-') {
            let (first, last): (IpAddr, IpAddr) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
            let range = Self { first: number(first), last: number(last), is_v6: first.is_ipv6() };
            return (first.is_ipv6() == last.is_ipv6() && range.first <= range.last).then_some(range);
        }
        let address: IpAddr = text.parse().ok()?;
        Some(Self { first: number(address), last: number(address), is_v6: address.is_ipv6() })
    }

    pub(super) fn holds(&self, other: &Self) -> bool {
        self.is_v6 == other.is_v6 && self.first <= other.first && other.last <= self.last
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.is_v6 == other.is_v6 && self.first <= other.last && other.first <= self.last
    }

    /// All addresses of the family.
    pub(super) fn is_all(&self) -> bool {
        let last = if self.is_v6 { u128::MAX } else { u128::from(u32::MAX) };
        self.first == 0 && self.last == last
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

/// The length of a netmask; `None` when its ones are not all in front.
fn prefix_of(mask: u128) -> Option<u32> {
    let mask = u32::try_from(mask).ok()?;
    let ones = mask.leading_ones();
    (mask.checked_shl(ones).unwrap_or_default() == 0).then_some(ones)
}

#[cfg(test)]
mod tests {
    use super::Range;

    #[test]
    fn ranges_hold_what_lies_in_them() {
        let range = |text: &str| Range::parse(text).expect(text);
        for (outer, inner, holds, meets) in [
            ("10.1.2.0/24", "10.1.2.3", true, true),
            ("10.1.2.0/255.255.255.0", "10.1.2.0/25", true, true),
            ("10.1.2.0/24", "10.1.0.0/16", false, true),
            ("10.1.2.3-10.1.2.9", "10.1.2.10", false, false),
            ("0.0.0.0/0", "192.0.2.1", true, true),
            ("2001:db8::/32", "2001:db8::1", true, true),
            ("::/0", "10.0.0.1", false, false),
        ] {
            assert_eq!(range(outer).holds(&range(inner)), holds, "{outer} holds {inner}");
            assert_eq!(range(outer).meets(&range(inner)), meets, "{outer} meets {inner}");
        }
        assert!(range("0.0.0.0/0").is_all() && range("::/0").is_all() && !range("10.0.0.0/8").is_all());
        for text in ["10.1.2.300", "10.0.0.0/33", "10.0.0.0/255.0.255.0", "b-a", "10.0.0.9-10.0.0.1", ""] {
            assert!(Range::parse(text).is_none(), "{text}");
        }
    }
}
