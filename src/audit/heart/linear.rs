//! The little linear algebra that the fit needs.

/// Sum of products of two columns, as far as both go.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    // Four sums at a time, so that one addition need not wait for the one before it.
    let n = a.len().min(b.len());
    let (a, b) = (&a[..n], &b[..n]);
    let mut sums = [0.0; 4];
    for (x, y) in a.chunks_exact(4).zip(b.chunks_exact(4)) {
        for lane in 0..4 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    let rest = n - n % 4;
    let last: f64 = a[rest..].iter().zip(&b[rest..]).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f64>() + last
}

/// Solves a symmetric positive system by Cholesky's method; `None` where it is not positive.
///
/// `matrix` holds the rows one after the other; only its lower half is read.
pub(super) fn solved(mut matrix: Vec<f64>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    for i in 0..n {
        for j in 0..=i {
            let (row_i, row_j) = (&matrix[i * n..i * n + j], &matrix[j * n..j * n + j]);
            let rest = matrix[i * n + j] - dot(row_i, row_j);
            matrix[i * n + j] = if i == j { rest.sqrt() } else { rest / matrix[j * n + j] };
        }
        if !matrix[i * n + i].is_normal() {
            return None;
        }
    }
    for i in 0..n {
        right[i] = (right[i] - dot(&matrix[i * n..i * n + i], &right[..i])) / matrix[i * n + i];
    }
    for i in (0..n).rev() {
        let below: f64 = (i + 1..n).map(|j| matrix[j * n + i] * right[j]).sum();
        right[i] = (right[i] - below) / matrix[i * n + i];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let x = solved(vec![4.0, 0.0, 0.0, 2.0, 5.0, 0.0, 1.0, 3.0, 6.0], vec![11.0, 21.0, 25.0]).expect("positive");
        let back =
            [4.0 * x[0] + 2.0 * x[1] + x[2], 2.0 * x[0] + 5.0 * x[1] + 3.0 * x[2], x[0] + 3.0 * x[1] + 6.0 * x[2]];
        assert!(back.iter().zip([11.0, 21.0, 25.0]).all(|(a, b)| (a - b).abs() < 1e-9), "{back:?}");
        assert_eq!(solved(vec![-1.0], vec![1.0]), None);
        assert_eq!(solved(vec![f64::NAN], vec![1.0]), None);
    }
}
