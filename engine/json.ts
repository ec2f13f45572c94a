export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

export type JsonObject = { [name: string]: JsonValue };

/**
 * JSON that does not nest deeper than anybody can walk through it again.
 * @throws SyntaxError when it does, or is no JSON
 */
export function parseJson(text: string, maxDepth: number): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  // each level takes a bracket at its beginning and one at its end
  if (text.length > 2 * maxDepth && depthOf(text, maxDepth) > maxDepth) {
    throw new SyntaxError(`Document nesting depth exceeds the maximum allowed (${maxDepth})`);
  }
  return value;
}

/** Of text that is JSON, as far as it matters. */
function depthOf(text: string, enough: number): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openBracket || code === openBrace) deepest = Math.max(deepest, ++depth);
    else if (code === closeBracket || code === closeBrace) depth--;
    if (deepest > enough) break;
  }
  return deepest;
}

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = [34, 92, 91, 93, 123, 125];

function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  for (; at > 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return text.length;
}
