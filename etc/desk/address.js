// Every address that the page opens: below /api or a page of the desk itself. Whatever comes from
// data is encoded, so that no value can lead elsewhere. dom.js takes nothing else for href and src.

export class Address {
  #text;
  constructor(text) {
    this.#text = text;
  }
  toString() {
    return this.#text;
  }
}

const encoded = (base, parts, values) => new Address(
    base +
    parts.map((part, i) => part + (i < values.length ? encodeURIComponent(values[i]) : ''))
        .join(''));

// api`/submissions/${id}/files/${index}`
export const api = (parts, ...values) => encoded('/api', parts, values);

// desk`/review/${id}`
export const desk = (parts, ...values) => encoded('#', parts, values);

// The same with what is asked for: empty values are left out.
export function asking(address, query) {
  const given = Object.entries(query).filter(
      ([, value]) => value !== '' && value !== undefined && value !== null);
  return given.length === 0 ? address : new Address(`${address}?${new URLSearchParams(given)}`);
}
