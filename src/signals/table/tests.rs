use super::*;
use proptest::prelude::*;

fn table(rows: usize, cols: usize, entries: &[f64]) -> Result<Table, String> {
    Ok(Table { rows, cols, entries: Entries::Real(entries.to_vec()) })
}

#[test]
fn separators_headers_and_ends_of_lines_are_told_apart() {
    let two_by_two = table(2, 2, &[1.0, -2.5, 3e2, 0.0]);
    for text in [
        "1,-2.5\n3e2,0\n",
        "1, -2.5\r\n3e2, 0",
        "\u{feff}1,-2.5\n3e2,0\n",
        "1;-2.5\n3e2;0\n",
        "1\t-2.5\n3e2\t0\n",
        "  1   -2.5 \n 3e2 0\n\n",
        "a,b\n1,-2.5\n3e2,0\n",
        "# made by hand\n\n\"a\",\"b\"\n\"1\",\"-2.5\"\n# half\n3e2,0\n",
        "\u{feff}a;b\r\n1;-2.5\r\n3e2;0\r\n",
        "1,-2.5,\n3e2,0,\n",
    ] {
        assert_eq!(read("a.csv", text.as_bytes()), two_by_two, "{text:?}");
    }
}

#[test]
fn a_row_alone_is_a_column() {
    assert_eq!(read("", b"1,2,3\n"), table(3, 1, &[1.0, 2.0, 3.0]));
    assert_eq!(read("", b"1\n2\n3\n"), table(3, 1, &[1.0, 2.0, 3.0]));
}

#[test]
fn each_mistake_has_its_sentence() {
    for (text, sentence) in [
        ("", "y.csv holds no numbers"),
        ("a,b\n", "y.csv holds no numbers"),
        ("1\n2\n3\n4\n5\n6\nn/a\n", "y.csv, row 7: \"n/a\" is not a number"),
        ("# head\n\nv\n1\n2\n3\nn/a\n", "y.csv, row 7: \"n/a\" is not a number"),
        ("1\nNaN\n", "y.csv, row 2: \"NaN\" is not a number"),
        ("nan,1\n", "y.csv, row 1: \"nan\" is not a number"),
        ("1,2\n3,-inf\n", "y.csv, row 2: \"-inf\" is not a number"),
        ("1,1e999\n", "y.csv, row 1: \"1e999\" is not a number"),
        ("1,2\n3,4,5\n", "y.csv, row 2: it has 3 numbers, and the rows before it 2"),
        ("1,2\r\n3\r\n", "y.csv, row 2: it has 1 number, and the rows before it 2"),
        ("1,2,3\n1,,3\n", "y.csv, row 2: a number is missing"),
        ("1,2\n,3\n", "y.csv, row 2: a number is missing"),
        ("1\t2\n\t3\n", "y.csv, row 2: a number is missing"),
        ("0;1,5\n2,5;3\n", "y.csv, row 1: \"1,5\" is not a number; decimals take a point"),
        ("1,5\t2,5\n3\t4\n", "y.csv, row 1: \"1,5\" is not a number; decimals take a point"),
        ("n/a\n1\n2\n", "y.csv, row 1: \"n/a\" is not a number"),
        ("a,1\n2,3\n", "y.csv, row 1: \"a\" is not a number"),
        ("x\ty\n1,5\t2,5\n", "y.csv, row 2: \"1,5\" is not a number; decimals take a point"),
        ("1 2\n3,4 5\n", "y.csv, row 2: \"3,4\" is not a number; decimals take a point"),
        ("a\n0x10\n", "y.csv, row 2: \"0x10\" is not a number"),
        ("a\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n", "y.csv, row 2: \"xxxxxxxxxxxxxxxxxxxxxxxx\" is not a number"),
    ] {
        assert_eq!(read("y.csv", text.as_bytes()), Err(sentence.to_owned()), "{text:?}");
    }
    let archive = read("y.npz", b"PK\x03\x04\x14\x00").unwrap_err();
    assert_eq!(archive, "y.npz is an archive of several arrays; unpack it and take one of its .npy files");
    assert_eq!(read("y.csv", b"\xff\xfe1\x00"), Err("y.csv is not text in UTF-8".to_owned()));
}

proptest! {
    #[test]
    fn what_is_printed_is_read(
        rows in proptest::collection::vec(proptest::array::uniform3(proptest::num::f64::NORMAL), 2..9),
        separator in proptest::sample::select(vec![",", ";", "\t", " ", " , "]),
        end in proptest::sample::select(vec!["\n", "\r\n"]),
    ) {
        let line = |row: &[f64; 3]| row.map(|v| v.to_string()).join(separator) + end;
        let text: String = rows.iter().map(line).collect();
        prop_assert_eq!(read("", text.as_bytes()), table(rows.len(), 3, &rows.concat()));
    }

    #[test]
    fn no_text_panics(text in "[-+0-9.,;eE\t\r\n\"# naif\u{feff}]{0,80}") {
        if let Ok(table) = read("", text.as_bytes()) {
            prop_assert_eq!(table.rows * table.cols, table.entries.len());
        }
    }
}
