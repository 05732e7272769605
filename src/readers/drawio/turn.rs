//! Turning a point about another one.

/// A point turned clockwise (`y` points downwards) by an angle in degrees.
pub(super) fn turned(point: [f64; 2], center: [f64; 2], degrees: f64) -> [f64; 2] {
    let (sine, cosine) = sine_cosine(degrees);
    let [x, y] = [point[0] - center[0], point[1] - center[1]];
    [center[0] + x * cosine - y * sine, center[1] + x * sine + y * cosine]
}

/// Sine and cosine from additions and multiplications alone: those of a platform differ in the last bit.
fn sine_cosine(degrees: f64) -> (f64, f64) {
    let quarters = (degrees / 90.0).round();
    let rest = (degrees - quarters * 90.0) * std::f64::consts::PI / 180.0;
    let square = rest * rest;
    // Taylor's series; at 45 degrees the next term is below 1e-11.
    let sine =
        rest * (1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0))));
    let cosine = 1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    match quarters.rem_euclid(4.0) {
        q if q < 0.5 => (sine, cosine),
        q if q < 1.5 => (cosine, -sine),
        q if q < 2.5 => (-sine, -cosine),
        _ => (-cosine, sine),
    }
}

#[cfg(test)]
mod tests {
    use super::turned;

    #[test]
    fn points_turn_clockwise() {
        for (degrees, expected) in [
            (0.0, [3.0, 1.0]),
            (90.0, [1.0, 3.0]),
            (180.0, [-1.0, 1.0]),
            (-90.0, [1.0, -1.0]),
            (450.0, [1.0, 3.0]),
        ] {
            assert_eq!(turned([3.0, 1.0], [1.0, 1.0], degrees), expected, "{degrees}");
        }
        let [x, y] = turned([1.0, 0.0], [0.0, 0.0], 30.0);
        assert!((x - 0.866_025_403_8).abs() < 1e-9 && (y - 0.5).abs() < 1e-9, "{x} {y}");
    }
}
