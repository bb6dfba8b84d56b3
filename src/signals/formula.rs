//! Functions of several variables that a person types, such as `exp(-t1^2) * cos(3 t2)`.
//!
//! ```text
//! sum      =  product { (+ | -) product }
//! product  =  signed { (* | / | nothing) signed }        2 t1 is a product; a sign after it makes a difference
//! signed   =  { + | - } power
//! power    =  atom [ ^ signed ]                          from the right: 2^3^2 = 2^9, and -t1^2 = -(t1^2)
//! atom     =  number | pi | e | t1 .. t10 | name atom | ( sum )
//! ```
//!
//! A formula is kept as a list of steps for a stack, so that a value costs O(steps) and no recursion. Elementary functions are
//! those of `libm`: a formula has the same values on every machine.

use crate::complaint::Complaint;
use std::f64::consts;

/// Longest formula, in characters; it bounds how deep parentheses go, too.
pub const LONGEST: usize = 200;

/// Most variables.
pub const MOST_VARIABLES: usize = 10;

/// A function of `t1 .. td`.
#[derive(Clone, Debug)]
pub struct Formula {
    steps: Vec<Step>,
    /// The highest variable, counted from 1; 0 for a constant.
    variables: usize,
}

/// What happens to the stack.
#[derive(Clone, Copy, Debug)]
enum Step {
    Number(f64),
    /// Pushes a coordinate, counted from 0.
    Variable(usize),
    /// Takes one number.
    Negate,
    /// Takes one number.
    Call(Function),
    /// Takes two numbers.
    Operation(Operation),
}

#[derive(Clone, Copy, Debug)]
enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

impl Operation {
    fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Operation::Add => a + b,
            Operation::Subtract => a - b,
            Operation::Multiply => a * b,
            Operation::Divide => a / b,
            Operation::Power => libm::pow(a, b),
        }
    }
}

/// What may be called, by its name.
type Function = fn(f64) -> f64;

const FUNCTIONS: [(&str, Function); 15] = [
    ("exp", libm::exp),
    ("log", libm::log),
    ("sqrt", libm::sqrt),
    ("abs", libm::fabs),
    ("sign", sign),
    ("sin", libm::sin),
    ("cos", libm::cos),
    ("tan", libm::tan),
    ("asin", libm::asin),
    ("acos", libm::acos),
    ("atan", libm::atan),
    ("sinh", libm::sinh),
    ("cosh", libm::cosh),
    ("tanh", libm::tanh),
    ("step", step),
];

fn sign(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x.signum() }
}

/// Heaviside's, one from zero on.
fn step(x: f64) -> f64 {
    f64::from(u8::from(x >= 0.0))
}

impl Formula {
    /// Reads a formula. Takes O(length) steps.
    ///
    /// # Errors
    /// One sentence that names the character where the formula stops making sense; its field is empty.
    pub fn parse(text: &str) -> Result<Self, Complaint> {
        let length = text.chars().count();
        if length > LONGEST {
            return Err(Complaint::new("", format!("takes up to {LONGEST} characters, not {length}")));
        }
        let mut reader = Reader { text, at: 0, steps: Vec::new(), variables: 0 };
        reader.sum()?;
        if !reader.rest().is_empty() {
            return Err(reader.wrong("an operation such as + or *"));
        }
        Ok(Self { steps: reader.steps, variables: reader.variables })
    }

    /// The highest variable that it names, counted from 1; 0 where it names none.
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// Its value at a point, which may be infinite or no number.
    ///
    /// # Panics
    /// If the point has fewer coordinates than [`variables`](Self::variables).
    pub fn value(&self, point: &[f64]) -> f64 {
        let mut stack: Vec<f64> = Vec::with_capacity(self.steps.len());
        let take = |stack: &mut Vec<f64>| stack.pop().unwrap_or(f64::NAN);
        for step in &self.steps {
            let next = match *step {
                Step::Number(number) => number,
                Step::Variable(i) => point[i],
                Step::Negate => -take(&mut stack),
                Step::Call(function) => function(take(&mut stack)),
                Step::Operation(operation) => {
                    let (b, a) = (take(&mut stack), take(&mut stack));
                    operation.of(a, b)
                }
            };
            stack.push(next);
        }
        take(&mut stack)
    }
}

/// A place in the text, and what has been read so far.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    steps: Vec<Step>,
    variables: usize,
}

impl<'a> Reader<'a> {
    /// What is left, from the next character that is no space.
    fn rest(&mut self) -> &'a str {
        let left = &self.text[self.at..];
        let trimmed = left.trim_start();
        self.at += left.len() - trimmed.len();
        trimmed
    }

    /// Goes past `mark` if it comes next.
    fn passes(&mut self, mark: char) -> bool {
        let comes = self.rest().starts_with(mark);
        self.at += if comes { mark.len_utf8() } else { 0 };
        comes
    }

    fn wrong(&mut self, wanted: &str) -> Complaint {
        let next: String = self.rest().chars().take(1).collect();
        let found = if next.is_empty() { "ends".to_owned() } else { format!("has {}", Complaint::quote(&next)) };
        let place = self.text[..self.at].chars().count() + 1;
        Complaint::new("", format!("{found} where {wanted} should stand, at character {place}"))
    }

    fn sum(&mut self) -> Result<(), Complaint> {
        self.product()?;
        loop {
            let operation = if self.passes('+') {
                Operation::Add
            } else if self.passes('-') {
                Operation::Subtract
            } else {
                return Ok(());
            };
            self.product()?;
            self.steps.push(Step::Operation(operation));
        }
    }

    fn product(&mut self) -> Result<(), Complaint> {
        self.signed()?;
        loop {
            let operation = if self.passes('*') {
                Operation::Multiply
            } else if self.passes('/') {
                Operation::Divide
            } else if self.rest().starts_with(|next: char| next.is_ascii_alphanumeric() || next == '(') {
                Operation::Multiply
            } else {
                return Ok(());
            };
            self.signed()?;
            self.steps.push(Step::Operation(operation));
        }
    }

    fn signed(&mut self) -> Result<(), Complaint> {
        if self.passes('+') {
            return self.signed();
        }
        if self.passes('-') {
            self.signed()?;
            self.steps.push(Step::Negate);
            return Ok(());
        }
        self.power()
    }

    fn power(&mut self) -> Result<(), Complaint> {
        self.atom()?;
        if self.passes('^') {
            self.signed()?;
            self.steps.push(Step::Operation(Operation::Power));
        }
        Ok(())
    }

    fn atom(&mut self) -> Result<(), Complaint> {
        if self.passes('(') {
            self.sum()?;
            return if self.passes(')') { Ok(()) } else { Err(self.wrong("a closing parenthesis")) };
        }
        match self.rest().chars().next() {
            Some(first) if first.is_ascii_digit() || first == '.' => self.number(),
            Some(first) if first.is_ascii_alphabetic() => self.name(),
            _ => Err(self.wrong("a number, a variable or a function")),
        }
    }

    fn number(&mut self) -> Result<(), Complaint> {
        let rest = self.rest();
        let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
        let mut end = digits(0);
        if rest[end..].starts_with('.') {
            end += 1 + digits(end + 1);
        }
        // An e is an exponent only with digits after it: 2e is twice Euler's number.
        if rest[end..].starts_with(['e', 'E']) {
            let sign = usize::from(rest[end + 1..].starts_with(['+', '-']));
            let exponent = digits(end + 1 + sign);
            end += if exponent > 0 { 1 + sign + exponent } else { 0 };
        }
        let number = rest[..end].parse().map_err(|_| self.wrong("a number"))?;
        self.at += end;
        self.steps.push(Step::Number(number));
        Ok(())
    }

    /// A constant, a variable or a function.
    fn name(&mut self) -> Result<(), Complaint> {
        let rest = self.rest();
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let digits = rest[letters..].bytes().take_while(u8::is_ascii_digit).count();
        let name = &rest[..letters + digits];
        if let Some((_, function)) = FUNCTIONS.iter().find(|(known, _)| *known == name) {
            self.at += name.len();
            self.atom()?;
            self.steps.push(Step::Call(*function));
            return Ok(());
        }
        let variable = name.strip_prefix('t').and_then(|digits| digits.parse().ok());
        let step = match (name, variable) {
            ("pi", _) => Step::Number(consts::PI),
            ("e", _) => Step::Number(consts::E),
            (_, Some(i)) if (1..=MOST_VARIABLES).contains(&i) => {
                self.variables = self.variables.max(i);
                Step::Variable(i - 1)
            }
            _ => return Err(unknown(name)),
        };
        self.at += name.len();
        self.steps.push(step);
        Ok(())
    }
}

fn unknown(name: &str) -> Complaint {
    let functions = FUNCTIONS.map(|(name, _)| name).join(", ");
    let message = format!("knows t1 to t{MOST_VARIABLES}, pi, e, {functions}, and not {}", Complaint::quote(name));
    Complaint::new("", message)
}

#[cfg(test)]
mod tests {
    use super::Formula;
    use proptest::prelude::{any, prop_assert, proptest};

    fn value(text: &str, point: &[f64]) -> f64 {
        Formula::parse(text).expect(text).value(point)
    }

    #[test]
    fn precedence_is_that_of_mathematics() {
        for (text, expected) in [
            ("1 + 2 * 3", 7.0),
            ("2^3^2", 512.0),
            ("-2^2", -4.0),
            ("2^-1", 0.5),
            ("8 / 4 / 2", 1.0),
            ("1 - 2 - 3", -4.0),
            ("2 (3 + 4)", 14.0),
            ("1/2 4", 2.0),
            ("--1", 1.0),
            ("abs(-3) + sign(-2)", 2.0),
            ("step(0) + step(-.5)", 1.0),
            ("1.5e1", 15.0),
            ("sqrt 16", 4.0),
        ] {
            assert!((value(text, &[]) - expected).abs() < 1e-12, "{text}");
        }
        assert!((value("2e", &[]) - 2.0 * std::f64::consts::E).abs() < 1e-15);
    }

    #[test]
    fn variables_are_coordinates() {
        let formula = Formula::parse("exp(-t1^2) cos(3 t3) / (1 + t2)").unwrap();
        assert_eq!(formula.variables(), 3);
        let expected = libm::exp(-0.25) * libm::cos(0.6) / 2.0;
        assert!((formula.value(&[0.5, 1.0, 0.2]) - expected).abs() < 1e-15);
    }

    #[test]
    fn mistakes_are_one_sentence_with_a_place() {
        for (text, part) in [
            ("", "ends where a number"),
            ("1 +", "ends where a number, a variable or a function should stand, at character 4"),
            ("(1", "closing parenthesis"),
            ("1)", "has \")\" where an operation"),
            ("foo(1)", "and not"),
            ("t11", "t1 to t10"),
            ("t0", "t1 to t10"),
            (".", "a number should stand"),
            ("1 \u{221e}", "has"),
        ] {
            let complaint = Formula::parse(text).expect_err(text);
            assert!(complaint.message.contains(part), "{text}: {}", complaint.message);
        }
        assert!(Formula::parse(&"(".repeat(201)).unwrap_err().message.contains("up to 200 characters"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>(), t in -1.0..1.0f64) {
            if let Ok(formula) = Formula::parse(&text) {
                formula.value(&[t; 10]);
            }
        }

        #[test]
        fn marks_that_may_stand_in_formulas(text in "[-+*/^()0-9.et1 a-z]{0,60}", t in -1.0..1.0f64) {
            match Formula::parse(&text) {
                Ok(formula) => { formula.value(&[t; 10]); }
                Err(complaint) => prop_assert!(!complaint.message.is_empty()),
            }
        }
    }
}
