/**
 * 13800000001 → 138****0001. Shorter numbers keep only their last two digits, so that never more than seven and never more
 * than half of them can be read.
 */
export function maskPhone(phone: string | null): string | null {
  if (phone === null || phone.trim() === '') return null;
  const digits = phone.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, '');
  if (digits.length >= 11) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return digits.length >= 5 ? `****${digits.slice(-2)}` : '****';
}
