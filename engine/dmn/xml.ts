import { Parser } from 'saxen';

/** An element of a DMN model, its name without prefix where it belongs to DMN. */
export interface Xml {
  name: string;
  attributes: Record<string, string>;
  children: Xml[];
  text: string;
}

/**
 * Every version's elements are read as the same ones: their names have not changed from 1.1 to 1.5, only been added to.
 * dmn-moddle reads 1.3 alone, knows none of the boxed expressions of 1.4 and parses asynchronously; saxen, its XML
 * parser, does what is needed here.
 */
const dmnNamespaces = [
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  'http://www.omg.org/spec/DMN/20151101/dmn11.xsd',
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'http://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
  'https://www.omg.org/spec/DMN/20240513/MODEL/',
];

const prefixes = {
  ...Object.fromEntries(dmnNamespaces.map((uri) => [uri, 'dmn'])),
  'http://camunda.org/schema/zeebe/1.0': 'zeebe',
};

/** Throws an Error of one sentence when the text is no well-formed XML. */
export function parseXml(text: string): Xml {
  const document: Xml = { name: '', attributes: {}, children: [], text: '' };
  const open = [document];
  const parser = new Parser().ns(prefixes);
  parser.on('openTag', (name, attributes, decode) => {
    const element: Xml = { name: name.replace(/^dmn:/, ''), attributes: {}, children: [], text: '' };
    for (const [key, value] of Object.entries(attributes())) {
      element.attributes[key.replace(/^dmn:/, '')] = decode(value);
    }
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closeTag', () => {
    open.pop();
  });
  parser.on('text', (value, decode) => {
    open.at(-1)!.text += decode(value);
  });
  parser.on('cdata', (value) => {
    open.at(-1)!.text += value;
  });
  parser.on('error', (error, context) => {
    throw new Error(`The XML is not well-formed: ${error.message} (line ${context().line + 1}).`);
  });
  parser.parse(text);
  const root = document.children[0];
  if (!root || open.length !== 1) throw new Error('The XML is not well-formed: it has no complete root element.');
  return root;
}

export const child = (element: Xml, name: string): Xml | undefined =>
  element.children.find((each) => each.name === name);

export const childrenNamed = (element: Xml, name: string): Xml[] =>
  element.children.filter((each) => each.name === name);

/** The content of `<text>` in it, undefined when there is none or it is blank. */
export function textOf(element: Xml | undefined): string | undefined {
  const text = element && child(element, 'text')?.text.trim();
  return text === '' ? undefined : text;
}

/** What `href="#id"` points to. */
export const referenceOf = (element: Xml | undefined): string | undefined =>
  element?.attributes.href?.replace(/^.*#/, '');
