//! The date that everything is judged against. Time is an input: the clock is read here only, and only for
//! `check` and `answer`.

use anyhow::{Result, bail};

use crate::config::is_date;

/// `--as-of`, else `SOURCE_DATE_EPOCH`; `None` leaves it to the settings file.
pub(super) fn as_of(option: Option<&str>) -> Result<Option<String>> {
    if let Some(date) = option {
        if !is_date(date) {
            bail!("--as-of {date}: not a date, expected YYYY-MM-DD");
        }
        return Ok(Some(date.to_owned()));
    }
    #[expect(clippy::disallowed_methods, reason = "the convention of reproducible-builds.org")]
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|epoch| !epoch.is_empty());
    match epoch {
        None => Ok(None),
        Some(epoch) => match epoch.parse::<u64>() {
            Ok(seconds) => Ok(Some(civil(seconds / 86_400))),
            Err(_) => bail!("SOURCE_DATE_EPOCH is {epoch}, expected a number of seconds since 1970"),
        },
    }
}

/// Today, in UTC.
pub(super) fn today() -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "`check` judges against today and `answer` dates answers when nothing else gives a date"
    )]
    let now = std::time::SystemTime::now();
    let seconds = now.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Some(civil(seconds / 86_400))
}

/// The civil date of a number of days since 1970-01-01, in the proleptic Gregorian calendar.
fn civil(days: u64) -> String {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    // Whole cycles of 400 years have 146,097 days.
    let (mut year, mut rest) = (1970 + days / 146_097 * 400, days % 146_097);
    loop {
        let length = if leap(year) { 366 } else { 365 };
        if rest < length {
            break;
        }
        rest -= length;
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if rest < length {
            break;
        }
        rest -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", rest + 1)
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn days_become_dates() {
        let cases = [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_782, "2026-11-25")];
        for (days, date) in cases {
            assert_eq!(civil(days), date);
        }
    }
}
