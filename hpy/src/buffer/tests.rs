//! The arithmetic of [`View`]: each element is computed again from its indices, and compared.

#![allow(
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::cast_ptr_alignment,
    reason = "small numbers, and memory of the right type"
)]

use super::*;

fn strided(len: usize, first: usize, shape: &[usize], strides: &[isize]) -> Option<RawView> {
    static ITEMS: [u32; 6] = [0; 6];
    View::new(&ITEMS[..len]).strided(first, shape, strides).ok().map(|view| view.raw)
}

#[test]
fn items_are_those_of_the_slice() {
    assert!(strided(6, 0, &[2, 3], &[3, 1]).is_some());
    assert!(strided(5, 0, &[2, 3], &[3, 1]).is_none());
    assert!(strided(6, 5, &[6], &[-1]).is_some());
    assert!(strided(6, 4, &[6], &[-1]).is_none());
    assert!(strided(6, 1, &[2, 3], &[3, 1]).is_none());
    assert!(strided(1, 0, &[1000], &[0]).is_some());
    assert!(strided(6, 0, &[3], &[2]).is_some());
    assert!(strided(6, 1, &[3], &[2]).is_some());
    assert!(strided(6, 2, &[3], &[2]).is_none());
    assert!(strided(0, 0, &[0], &[1]).is_some());
    assert!(strided(0, 9, &[0, 5], &[1, 1]).is_some());
    assert!(strided(0, 0, &[1], &[1]).is_none());
    assert!(strided(0, usize::MAX, &[1], &[1]).is_none());
}

#[test]
fn numbers_that_overflow_are_refused() {
    assert!(strided(6, 0, &[usize::MAX], &[1]).is_none());
    assert!(strided(6, 0, &[usize::MAX, usize::MAX], &[isize::MIN, isize::MAX]).is_none());
    assert!(strided(6, 0, &[2], &[isize::MAX]).is_none());
    assert!(strided(6, 0, &[2], &[isize::MIN]).is_none());
    assert!(strided(1, 0, &[1 << 40, 1 << 40], &[0, 0]).is_none());
    assert!(strided(6, 0, &[0, usize::MAX], &[1, 1]).is_none());
    assert!(strided(6, 0, &[0, 1 << (usize::BITS - 3), 2], &[1, 1, 1]).is_none());
    assert!(strided(1, 0, &[1], &[isize::MAX]).is_none());
    assert!(strided(1, 0, &[1], &[isize::MAX / 4]).is_some());
}

#[test]
fn dimensions() {
    assert!(strided(1, 0, &[], &[]).is_none());
    assert!(strided(1, 0, &[1], &[]).is_none());
    assert!(strided(1, 0, &[1; 64], &[1; 64]).is_some());
    assert!(strided(1, 0, &[1; 65], &[1; 65]).is_none());
}

#[test]
fn shapes_have_all_items() {
    let items = [0_u16; 6];
    let shaped = |shape: &[usize]| View::new(&items).shaped(shape).ok().map(|view| view.raw.strides);
    assert_eq!(shaped(&[6]).unwrap().as_ref(), &[2]);
    assert_eq!(shaped(&[2, 3]).unwrap().as_ref(), &[6, 2]);
    assert_eq!(shaped(&[1, 3, 2]).unwrap().as_ref(), &[12, 4, 2]);
    assert!(shaped(&[5]).is_none() && shaped(&[7]).is_none() && shaped(&[]).is_none());
    assert!(shaped(&[usize::MAX, 2]).is_none());
    let none: [f64; 0] = [];
    assert!(View::new(&none).shaped(&[0, 7]).is_ok());
}

#[test]
fn contiguity() {
    let c = strided(6, 0, &[2, 3], &[3, 1]).unwrap();
    assert!(c.is_c_contiguous() && !c.is_fortran_contiguous());
    let fortran = strided(6, 0, &[2, 3], &[1, 2]).unwrap();
    assert!(!fortran.is_c_contiguous() && fortran.is_fortran_contiguous());
    let both = strided(6, 0, &[6], &[1]).unwrap();
    assert!(both.is_c_contiguous() && both.is_fortran_contiguous());
    let neither = strided(6, 0, &[3], &[2]).unwrap();
    assert!(!neither.is_c_contiguous() && !neither.is_fortran_contiguous());
    assert!(strided(6, 0, &[1], &[5]).unwrap().is_c_contiguous());
    assert!(strided(6, 0, &[0, 3], &[5, 5]).unwrap().is_c_contiguous());
}

/// Where in the slice the items of a view are: as Python finds them, by start and strides in bytes.
fn places(view: &RawView) -> Vec<isize> {
    let mut places = vec![view.start() as isize - view.origin as isize];
    for (n, stride) in view.shape.iter().zip(&view.strides) {
        places = places.iter().flat_map(|at| (0..*n).map(move |i| at + i * stride)).collect();
    }
    assert!(places.iter().all(|at| at % view.item_size == 0));
    places.iter().map(|at| at / view.item_size).collect()
}

/// The same by the definition; `None` if one is outside.
fn expected(len: usize, first: usize, shape: &[usize], strides: &[isize]) -> Option<Vec<isize>> {
    let mut places = vec![isize::try_from(first).ok()?];
    for (n, stride) in shape.iter().zip(strides) {
        places = places.iter().flat_map(|at| (0..*n as isize).map(move |i| at + i * stride)).collect();
    }
    places.iter().all(|at| (0..len as isize).contains(at)).then_some(places)
}

/// Reads and writes each item as Python does, from the start by strides: Miri looks whether that stays within the slice.
fn touch(view: &RawView) {
    let mut items = vec![view.start()];
    for (n, stride) in view.shape.iter().zip(&view.strides) {
        items =
            items.iter().flat_map(|at| (0..*n).map(move |i| at.wrapping_byte_offset(i * stride))).collect();
    }
    // SAFETY: items of the slice, of which the view may write each.
    items.into_iter().for_each(|item| unsafe { *item.cast::<u16>() += 1 });
}

/// Numbers that look random, the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[test]
fn every_item_is_the_one_that_its_indices_say() {
    let mut numbers = Numbers(7);
    let (mut shown, mut refused) = (0, 0);
    for _ in 0..if cfg!(miri) { 300 } else { 20_000 } {
        let mut items: Vec<u16> = (0..numbers.below(30) as u16).collect();
        let len = items.len();
        let mut view = View::new_mut(&mut items);
        // Views are changed again and again: nothing of what they were before may stay.
        for _ in 0..=numbers.below(3) {
            let first = numbers.below(len as u64 + 2) as usize;
            let dimensions = 1 + numbers.below(3);
            let shape: Vec<usize> = (0..dimensions).map(|_| numbers.below(5) as usize).collect();
            let strides: Vec<isize> = (0..dimensions).map(|_| numbers.below(13) as isize - 6).collect();
            match (view.strided(first, &shape, &strides), expected(len, first, &shape, &strides)) {
                (Ok(strided), Some(expected)) => {
                    assert_eq!(places(&strided.raw), expected, "{first} {shape:?} {strides:?}");
                    touch(&strided.raw);
                    assert_eq!(strided.raw.size(), expected.len() as isize * 2);
                    let in_order = expected.windows(2).all(|two| two[1] == two[0] + 1);
                    assert_eq!(strided.raw.is_c_contiguous(), in_order, "{shape:?} {strides:?}");
                    view = strided;
                    shown += 1;
                }
                (Err(_), None) => {
                    view = View::new_mut(&mut items);
                    refused += 1;
                }
                (result, _) => panic!("{len} items, {first} {shape:?} {strides:?}: {result:?}"),
            }
        }
        let whole = view.shaped(&[len, 1]).unwrap();
        assert_eq!(places(&whole.raw), (0..len as isize).collect::<Vec<_>>());
        touch(&whole.raw);
    }
    assert!(shown > 10 && refused > 10);
}

#[test]
fn a_view_can_be_strided_again() {
    let mut items = [0_u8, 1, 2, 3, 4, 5];
    let view = View::new_mut(&mut items).strided(5, &[1], &[1]).unwrap();
    let view = view.shaped(&[6]).unwrap();
    assert_eq!(places(&view.raw), [0, 1, 2, 3, 4, 5]);
    let view = view.strided(4, &[2], &[1]).unwrap().strided(5, &[6], &[-1]).unwrap();
    assert_eq!(places(&view.raw), [5, 4, 3, 2, 1, 0]);
    assert!(view.strided(3, &[4], &[1]).is_err());
}
