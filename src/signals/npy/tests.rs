use super::*;
use proptest::prelude::*;

/// A file with the header that is given, padded as NumPy 2.4 pads it.
fn file(version: u8, descr: &str, order: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    raw(version, &format!("{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}"), data)
}

fn raw(version: u8, header: &str, data: &[u8]) -> Vec<u8> {
    let before = if version == 1 { 10 } else { 12 };
    let length = (before + header.len() + 1).next_multiple_of(64) - before;
    let mut bytes = [MAGIC, &[version, 0]].concat();
    bytes.extend(&(length as u32).to_le_bytes()[..before - 8]);
    bytes.extend(format!("{header:<0$}\n", length - 1).bytes());
    bytes.extend(data);
    bytes
}

fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len() / 2).map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap()).collect()
}

fn real(rows: usize, cols: usize, entries: &[f64]) -> Result<Table, String> {
    Ok(Table { rows, cols, entries: Entries::Real(entries.to_vec()) })
}

#[test]
fn a_file_is_what_numpy_writes() {
    // numpy.save of numpy.array([1.5, -2.0]), NumPy 2.4.6.
    let numpy = hex(concat!(
        "934e554d5059010076007b276465736372273a20273c6638272c2027666f727472616e5f6f72646572273a2046616c73652c20277368",
        "617065273a2028322c292c207d202020202020202020202020202020202020202020202020202020202020202020202020202020202",
        "0202020202020202020202020202020202020200a000000000000f83f00000000000000c0"
    ));
    assert_eq!(numpy.len(), 144);
    assert_eq!(write(2, 1, &Entries::Real(vec![1.5, -2.0])), numpy);
    assert_eq!(file(1, "'<f8'", "False", "(2,)", &hex("000000000000f83f00000000000000c0")), numpy);
    assert_eq!(read("y.npy", &numpy), real(2, 1, &[1.5, -2.0]));
}

#[test]
fn types_orders_and_versions_are_read() {
    // Entries as NumPy 2.4.6 wrote them.
    let fortran = file(1, "'<f4'", "True", "(2, 3)", &hex("0000803f00008040000000400000a040000040400000c040"));
    assert_eq!(read("", &fortran), real(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
    let big = hex("3ff000000000000040000000000000004008000000000000c010000000000000");
    let complex = vec![Complex64::new(1.0, 2.0), Complex64::new(3.0, -4.0)];
    let expected = Table { rows: 2, cols: 1, entries: Entries::Complex(complex) };
    assert_eq!(read("", &file(1, "'>c16'", "False", "(2, 1)", &big)), Ok(expected));
    let whole = hex("01000000feffffff0300000004000000");
    assert_eq!(read("", &file(2, "'<i4'", "False", "(2, 2)", &whole)), real(2, 2, &[1.0, -2.0, 3.0, 4.0]));
    assert_eq!(read("", &file(3, "'|u1'", "False", "(3,)", &[1, 2, 255])), real(3, 1, &[1.0, 2.0, 255.0]));
    assert_eq!(read("", &file(1, "'|b1'", "False", "(2,)", &[1, 0])), real(2, 1, &[1.0, 0.0]));
    // 2^53 + 1 is no double.
    let large = hex("0100000000002000fbffffffffffffff");
    assert_eq!(read("", &file(1, "'<i8'", "False", "(2,)", &large)), real(2, 1, &[9007199254740992.0, -5.0]));
    assert_eq!(read("", &file(1, "'>i2'", "False", "(1,)", &[0xff, 0xfe])), real(1, 1, &[-2.0]));
}

#[test]
fn other_ways_to_write_the_header_are_read() {
    let one = 1.0f64.to_le_bytes();
    let python2 = raw(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (1L, 1L)}", &one);
    assert_eq!(read("", &python2), real(1, 1, &[1.0]));
    let dense = raw(1, "{\"shape\":(1),\"descr\":\"<f8\",\"fortran_order\":False}", &one);
    assert_eq!(read("", &dense), real(1, 1, &[1.0]));
}

#[test]
fn each_mistake_has_its_sentence() {
    let eight = [0; 8];
    let table = [
        (b"1,2\n3,4\n".to_vec(), "is not an npy file"),
        (MAGIC.to_vec(), "is cut short: its header is not complete"),
        (file(1, "'<f8'", "False", "(1,)", &[])[..40].to_vec(), "is cut short: its header is not complete"),
        (
            [MAGIC, &[2, 0, 255, 255, 255, 255], b"{'descr'".as_slice()].concat(),
            "is cut short: its header is not complete",
        ),
        ([MAGIC, &[9, 0, 0, 0]].concat(), "is an npy file of version 9; versions 1 to 3 are read"),
        (file(1, "'<f8'", "False", "(2,)", &eight), "is cut short: 2 entries of 8 bytes are claimed, 8 bytes follow"),
        (
            file(1, "'<f8'", "False", "(10000, 3000)", &eight),
            "is cut short: 30000000 entries of 8 bytes are claimed, 8 bytes follow",
        ),
        (
            file(1, "'<f8'", "False", "(1000000, 1000)", &eight),
            "claims 1000000 x 1000 entries; at most 33554432 are read",
        ),
        (
            file(1, "'<f8'", "False", "(4294967295, 4294967297)", &eight),
            "claims 4294967295 x 4294967297 entries; at most 33554432 are read",
        ),
        (
            file(1, "'<f8'", "False", "(99999999999999999999,)", &eight),
            "has a header with \"99999999999999999999,), \" where the size of an axis belongs",
        ),
        (file(1, "'<f8'", "False", "(-1,)", &eight), "has a header with \"-1,), }\" where the size of an axis belongs"),
        (file(1, "'<f8'", "False", "()", &eight), "has 0 axes; one or two are read"),
        (file(1, "'<f8'", "False", "(1, 1, 1)", &eight), "has 3 axes; one or two are read"),
        (file(1, "'<f8'", "False", "(0, 3)", &[]), "holds no numbers"),
        (file(1, "'<f4'", "False", "(1,)", &eight), "goes on for 4 bytes after its 1 entries"),
        (
            file(1, "'|O'", "False", "(1,)", &eight),
            "holds entries of type \"|O\"; f4, f8, c8, c16, b1, and i and u of 1 to 8 bytes are read",
        ),
        (
            file(1, "'<f16'", "False", "(1,)", &eight),
            "holds entries of type \"<f16\"; f4, f8, c8, c16, b1, and i and u of 1 to 8 bytes are read",
        ),
        (
            file(3, "[('ü', '<i4'), ('b', '<f8')]", "False", "(1,)", &eight),
            "holds records of several fields; plain numbers are read",
        ),
        (
            file(1, "'<f8'", "0", "(1,)", &eight),
            "has a header with \"0, 'shape': (1,), }\" where True or False belongs",
        ),
        (raw(1, "{'descr': '<f8'}", &eight), "has a header without descr, fortran_order or shape"),
        (raw(1, "{'x': 1}", &eight), "has a header with the unknown key \"x\""),
        (raw(1, "{'descr", &eight), "has a header with \"descr\" where a quoted text belongs"),
        (raw(1, &"(".repeat(60_000), &eight), "has a header with \"((((((((((((((((((((((((\" where '{' belongs"),
    ];
    for (bytes, sentence) in table {
        assert_eq!(read("a.npy", &bytes), Err(format!("a.npy {sentence}")));
    }
}

#[test]
fn a_header_must_be_text() {
    let mut bytes = file(1, "'<f8'", "False", "(1,)", &[0; 8]);
    bytes[12] = 0xff;
    assert_eq!(read("a.npy", &bytes), Err("a.npy has a header that is not text in UTF-8".to_owned()));
}

fn any_table() -> impl Strategy<Value = Table> {
    (1usize..7, 1usize..7, any::<bool>()).prop_flat_map(|(rows, cols, complex)| {
        let number = proptest::num::f64::ANY.prop_filter("NaN is not equal to itself", |v| !v.is_nan());
        proptest::collection::vec((number.clone(), number), rows * cols).prop_map(move |parts| {
            let entries = if complex {
                Entries::Complex(parts.iter().map(|&(re, im)| Complex64::new(re, im)).collect())
            } else {
                Entries::Real(parts.iter().map(|&(re, _)| re).collect())
            };
            Table { rows, cols, entries }
        })
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read(table in any_table()) {
        let bytes = write(table.rows, table.cols, &table.entries);
        prop_assert_eq!(read("", &bytes), Ok(table));
    }

    #[test]
    fn what_is_cut_is_refused(table in any_table(), share in 0.0..1.0) {
        let bytes = write(table.rows, table.cols, &table.entries);
        let kept = (share * bytes.len() as f64) as usize;
        prop_assert!(read("", &bytes[..kept]).is_err());
    }

    #[test]
    fn no_bytes_panic(table in any_table(), edits in proptest::collection::vec((0usize..200, any::<u8>()), 1..6)) {
        let mut bytes = write(table.rows, table.cols, &table.entries);
        for (place, byte) in edits {
            let place = place % bytes.len();
            bytes[place] = byte;
        }
        if let Ok(read) = read("", &bytes) {
            prop_assert_eq!(read.rows * read.cols, read.entries.len());
        }
    }

    #[test]
    fn no_header_panics(header in "[{}()\\[\\]'\",:0-9a-zL ]{0,60}") {
        let _ = read("", &raw(1, &header, &[0; 16]));
    }

    #[test]
    fn transposing_twice_changes_nothing(table in any_table()) {
        let turned = table.entries.clone().transposed(table.rows, table.cols);
        prop_assert_eq!(turned.transposed(table.cols, table.rows), table.entries);
    }
}
