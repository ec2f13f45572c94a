const SHOWN_CHARACTERS = 6;
/** Where the place ends and the door begins: the first digit, Chinese or not. */
const DOOR = /[\d０-９a-zA-Z甲乙丙丁]|[一二三四五六七八九十百]+(?=[号栋幢座楼单室门排巷])/;

/** 锦苑小区3号楼2单元501 → 锦苑小区***: the place, not the door, and of a long place only its beginning. */
export function maskAddress(address: string | null): string | null {
  const text = (address ?? '').trim();
  if (text === '') return null;
  const door = text.search(DOOR);
  const place = door === -1 ? text : text.slice(0, door);
  return `${Array.from(place)
    .slice(0, door === -1 ? SHOWN_CHARACTERS : undefined)
    .join('')}***`;
}
