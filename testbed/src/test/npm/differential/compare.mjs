/** Where in `lines` the run begins that equals `wanted`, or -1. */
function find(lines, wanted) {
  return lines.findIndex((_, start) => wanted.every((line, i) => lines[start + i] === line));
}

/** What the reference would have said if it differed in the permitted way; fails where it never says that. */
function permit(lines, { reference, ours }) {
  const start = find(lines, reference);
  if (start < 0) throw new Error(`stale allowance, the reference does not say: ${JSON.stringify(reference)}`);
  return [...lines.slice(0, start), ...ours, ...lines.slice(start + reference.length)];
}

/** Lengths of the longest common subsequences of the rests of both lists. */
function commonLengths(left, right) {
  const table = Array.from({ length: left.length + 1 }, () => new Array(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      table[i][j] = left[i] === right[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

/** Both lists in one: "  " in both, "- " only in the reference's, "+ " only in ours. */
export function sideBySide(reference, ours) {
  const common = commonLengths(reference, ours);
  const lines = [];
  let [i, j] = [0, 0];
  while (i < reference.length || j < ours.length) {
    if (i < reference.length && j < ours.length && reference[i] === ours[j]) {
      lines.push(`  ${reference[i++]}`);
      j++;
    } else if (j >= ours.length || (i < reference.length && common[i + 1][j] >= common[i][j + 1])) {
      lines.push(`- ${reference[i++]}`);
    } else {
      lines.push(`+ ${ours[j++]}`);
    }
  }
  return lines;
}

/** Fails with both transcripts in one unless ours is the reference's, changed only by the allowances, and by each of them. */
export function compare(reference, ours, allowances = []) {
  const expected = allowances.reduce(permit, reference);
  if (expected.length === ours.length && expected.every((line, i) => line === ours[i])) return;
  throw new Error(`the transcripts differ ("-" reference, "+" ours):\n${sideBySide(expected, ours).join("\n")}`);
}
