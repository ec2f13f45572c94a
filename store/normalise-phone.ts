/** One number, one text: without spaces, dashes and China's country code. `+86 138-0000-0001` is `13800000001`. */
export function normalisePhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/[^\d+]/g, '');
  return digits.replace(/^(\+86|0086)/, '').replaceAll('+', '');
}
