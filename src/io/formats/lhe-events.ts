import { FormatError } from '../../core/index.ts';
import { quoted, readNumber } from '../numeric-cell.ts';
import { decodeBlocks } from './delimited.ts';
import { damagedFile, unsupportedFile } from './format.ts';
import type { FinalState } from './particle-functions.ts';

/** An event as the reader hands it on; its arrays are used again for the next one. */
export interface LheEvent extends FinalState {
  /** Line of its opening tag, from 1. */
  readonly line: number;
  /** Place in the file, from 1. */
  readonly number: number;
  readonly weight: number;
  /** How many particles are final. */
  readonly count: number;
}

/** Columns of a particle's line: IDUP ISTUP MOTHUP(2) ICOLUP(2) PUP(5) VTIMUP SPINUP. */
const ID = 0;
const STATUS = 1;
const MOMENTUM_X = 6;
const MOMENTUM_Y = 7;
const MOMENTUM_Z = 8;
const ENERGY = 9;
const MASS = 10;
const FEWEST_FIELDS = 11;
const FINAL = 1;
/** Columns of the first line of an event: NUP IDPRUP XWGTUP SCALUP AQEDUP AQCDUP. */
const PARTICLES = 0;
const WEIGHT = 2;
const FIRST_LINE_FIELDS = 6;
const MOST_PARTICLES = 100_000;
const OPENING_CHARACTERS = 4096;

/**
 * Goes through the events of a Les Houches event file; the header and what follows the particles are passed over.
 *
 * @throws FormatError "damaged-file" with the line
 * @see Alwall et al., A standard format for Les Houches event files, hep-ph/0609017
 */
export function forEachEvent(bytes: Buffer, file: string, take: (event: LheEvent) => void): void {
  const opening = bytes.toString('latin1', 0, OPENING_CHARACTERS);
  if (!/^(?:\ufeff|\u00ef\u00bb\u00bf)?\s*</.test(opening) || !opening.includes('<LesHouchesEvents')) {
    throw damagedFile(file, 'does not begin with <LesHouchesEvents', 'give a Les Houches event file');
  }
  const reader = new EventReader(file, take);
  for (const line of linesOf(bytes, file)) reader.push(line);
  reader.end();
}

function* linesOf(bytes: Buffer, file: string): Generator<string> {
  let rest = '';
  for (const block of decodeBlocks(bytes, file)) {
    const text = rest + block;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      yield text.slice(start, end);
      start = end + 1;
    }
    rest = text.slice(start);
  }
  if (rest !== '') yield rest;
}

class EventReader {
  private readonly file: string;
  private readonly take: (event: LheEvent) => void;
  private line = 0;
  private place: 'outside' | 'comment' | 'header' | 'first-line' | 'particles' | 'rest' = 'outside';
  private ended = false;
  /** The first file that the head names for events, when it names one. */
  private elsewhere = '';
  private particlesLeft = 0;
  private event = { line: 0, number: 0, weight: 0, count: 0, ...room(8) };

  constructor(file: string, take: (event: LheEvent) => void) {
    this.file = file;
    this.take = take;
  }

  push(text: string): void {
    this.line++;
    switch (this.place) {
      case 'particles':
        this.particle(text);
        return;
      case 'first-line':
        if (text.trim() !== '') this.firstLine(text);
        return;
      case 'rest':
        if (/^\s*<event[\s>]/.test(text)) throw this.damaged('an event begins inside another');
        if (text.includes('</event>')) {
          this.place = 'outside';
          this.take(this.event);
        }
        return;
      case 'header':
        if (text.includes('</header>')) this.place = 'outside';
        return;
      case 'comment':
        if (text.includes('-->')) this.place = 'outside';
        return;
      case 'outside':
        this.outside(text);
    }
  }

  end(): void {
    if (this.place === 'outside' && this.ended) {
      if (this.event.number > 0 || this.elsewhere === '') return;
      throw unsupportedFile(this.file, 'a Les Houches file whose events are other files', `give ${this.elsewhere}`);
    }
    if (this.place !== 'outside') throw this.damaged('the file ends too soon');
    const hint = 'copy the file again; add the line if the run was stopped on purpose';
    throw damagedFile(this.file, 'ends without </LesHouchesEvents>: cut short', hint);
  }

  private outside(text: string): void {
    if (!text.includes('<')) return;
    if (/^\s*<event(?:\s[^>]*)?>\s*$/.test(text)) {
      this.place = 'first-line';
      this.event.line = this.line;
      this.event.number++;
    } else if (/<event[\s>]/.test(text)) throw this.damaged('the tag <event> does not stand on a line of its own');
    else if (/<header[\s>]/.test(text) && !text.includes('</header>')) this.place = 'header';
    else if (text.includes('<!--') && !text.includes('-->')) this.place = 'comment';
    if (this.elsewhere === '') this.elsewhere = /<eventfile\s[^>]*name="([^"]*)"/.exec(text)?.[1] ?? '';
    if (text.includes('</LesHouchesEvents>')) this.ended = true;
  }

  private firstLine(text: string): void {
    const fields = text.trim().split(/\s+/);
    const particles = readNumber(fields[PARTICLES]);
    const weight = fields.length >= FIRST_LINE_FIELDS ? readNumber(fields[WEIGHT]) : Number.NaN;
    if (!Number.isInteger(particles) || particles < 1 || particles > MOST_PARTICLES || Number.isNaN(weight)) {
      throw this.damaged('the first line of an event is not "NUP IDPRUP XWGTUP SCALUP AQEDUP AQCDUP"');
    }
    this.event.weight = weight;
    this.event.count = 0;
    this.particlesLeft = particles;
    this.place = 'particles';
  }

  private particle(text: string): void {
    const fields = text.trim().split(/\s+/);
    if (fields.length < FEWEST_FIELDS) {
      throw this.damaged(
        `${fields.length} fields where a particle has 13; ${this.particlesLeft} particles are missing`,
      );
    }
    if (readNumber(fields[STATUS]) === FINAL) {
      const { count } = this.event;
      if (count === this.event.masses.length) Object.assign(this.event, room(2 * count, this.event));
      const { momenta, masses, ids } = this.event;
      ids[count] = this.field(fields, ID);
      momenta[4 * count] = this.field(fields, ENERGY);
      momenta[4 * count + 1] = this.field(fields, MOMENTUM_X);
      momenta[4 * count + 2] = this.field(fields, MOMENTUM_Y);
      momenta[4 * count + 3] = this.field(fields, MOMENTUM_Z);
      masses[count] = this.field(fields, MASS);
      this.event.count = count + 1;
    } else this.field(fields, STATUS);
    if (--this.particlesLeft === 0) this.place = 'rest';
  }

  private field(fields: readonly string[], index: number): number {
    const value = readNumber(fields[index]);
    if (!Number.isNaN(value)) return value;
    throw this.damaged(`${quoted(fields[index])} is not a finite number`);
  }

  private damaged(what: string): FormatError {
    const hint = 'mend the event, or remove it from <event> to </event>';
    const inEvent = this.event.number > 0 ? `event ${this.event.number}: ` : '';
    return new FormatError('damaged-file', `${inEvent}${what}`, this.file, this.line, hint);
  }
}

/** Arrays for as many particles, with what smaller ones hold. */
function room(particles: number, old?: FinalState): { momenta: Float64Array; masses: Float64Array; ids: Float64Array } {
  const arrays = {
    momenta: new Float64Array(4 * particles),
    masses: new Float64Array(particles),
    ids: new Float64Array(particles),
  };
  if (old) {
    arrays.momenta.set(old.momenta);
    arrays.masses.set(old.masses);
    arrays.ids.set(old.ids);
  }
  return arrays;
}
