/** The dialogs with texts to take away: how to cite, how to check. The texts themselves are BibTeX and Python. */
export const take = {
  close: "Close",
  copy: "Copy",
  copied: "Copied.",
  notAllowed: "The browser did not allow it. Mark the text and copy it.",
  cite: "Cite",
  citeLine:
    "The paper, as far as it is known here, and this very picture: its link solves it again, to the last bit.",
  paper: "The paper",
  spec: "This Spec",
  check: "Check it in Python",
  checkLine: (file: string) =>
    `Save the arrays (Share, Arrays as NPZ) as ${file}, and this beside them as check.py. It needs NumPy, and compares with scikit-learn where that has the same method.`,
};
