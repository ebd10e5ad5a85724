"use strict";
// The questionnaire: shows what concerns the person, understands what is typed as `model/profile/typed.py` does, and writes
// the profile. Nothing is sent or kept: the person saves a file. Text goes into the page as text, never as HTML.

const GIVEN = JSON.parse(document.getElementById("catalogue").textContent);
const QUESTIONS = GIVEN.questions;
const BY_KEY = Object.fromEntries(QUESTIONS.map((one) => [one.key, one]));
const LIMITS = GIVEN.limits;
const DAY = 24 * 3600 * 1000;
const NONE = "none";
const MOST_ROWS = 12;
const NEEDED = "Cette réponse est nécessaire.";

// What was typed ---------------------------------------------------------------------------------------------------------

class Refused extends Error {
  constructor(code, values = {}) {
    super(GIVEN.refusals[code]?.replace(/\{(\w+)\}/g, (_, name) => values[name]) ?? code);
    this.code = code;
  }
}

const whole = (pattern) => new RegExp(`^(?:${pattern})$`);
const PATTERN = Object.fromEntries(Object.entries(GIVEN.patterns).map(([name, text]) => [name, whole(text)]));
const SPACES = new RegExp(GIVEN.patterns.spaces, "g");
const UNIT = new RegExp(GIVEN.patterns.unit, "i");
const MIDNIGHT = new RegExp(GIVEN.patterns.midnight);
const ODD_GROUPS = new RegExp(GIVEN.patterns.odd_groups);
const UNPRINTED = new RegExp(`[^${GIVEN.printed}]`, "gu");

function plain(text) {
  const bare = text.replace(SPACES, " ").trim().toLowerCase().replace(/’/g, "'").normalize("NFKD");
  return bare.replace(/\p{M}/gu, "");
}

function cut(text) {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function number(text) {
  let bare = text.replace(SPACES, "").replace(UNIT, "").replace(/[’']/g, "");
  if (ODD_GROUPS.test(text.replace(SPACES, " "))) throw new Refused("answer.not_a_number", { said: cut(text) });
  if (PATTERN.thousands.test(bare)) {
    if (!bare.includes(",") && bare.split(".").length === 2) {
      const ways = { said: cut(text), whole: bare.replace(".", ""), decimal: bare.replace(".", ",") };
      throw new Refused("answer.two_numbers", ways);
    }
    bare = bare.replaceAll(".", "");
  }
  if (!PATTERN.number.test(bare)) throw new Refused("answer.not_a_number", { said: cut(text) });
  return Number(bare.replace(",", "."));
}

function day(text) {
  const words = plain(text.trim().replace(MIDNIGHT, ""));
  let found = words.match(PATTERN.iso);
  if (found) return existing(text, found[1], found[2], found[3]);
  found = words.match(PATTERN.day);
  if (found) {
    const [first, second] = [Number(found[1]), Number(found[2])];
    if (first <= 12 && second > 12 && second <= 31) {
      const right = [found[2], found[1]].map((one) => one.padStart(2, "0")).concat(found[3]).join("/");
      throw new Refused("answer.month_first", { said: cut(text), right });
    }
    return existing(text, found[3], found[2], found[1]);
  }
  found = words.match(PATTERN.worded);
  if (found) {
    let months = GIVEN.months.map((name, place) => (name.startsWith(found[2]) ? place + 1 : 0)).filter(Boolean);
    if (found[2] === "juil") months = [7];
    if (months.length === 1) return existing(text, found[3], months[0], parseInt(found[1], 10));
  }
  throw new Refused(PATTERN.short_year.test(words) ? "answer.short_year" : "answer.not_a_day", { said: cut(text) });
}

function existing(text, ...numbers) {
  const [year, month, date] = numbers.map(Number);
  const made = new Date(0);
  made.setUTCFullYear(year, month - 1, date);
  if (year < 1 || made.getUTCMonth() !== month - 1 || made.getUTCDate() !== date) {
    throw new Refused("answer.no_such_day", { said: cut(text) });
  }
  return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(date).padStart(2, "0")].join("-");
}

function understood(question, typed) {
  const text = typed.trim();
  if (!text) return null;
  switch (question.kind) {
    case "text": return text;
    case "day": return day(text);
    case "yes_no": case "choice": return chosen(question, text);
    case "choices": return text === NONE ? [] : text.split("; ").map((part) => chosen(question, part));
    case "numbers": {
      if (GIVEN.nothing.includes(plain(text))) return [];
      const parts = text.replace(/^[[\]]+|[[\]]+$/g, "").split(/[;\n]+/);
      return parts.filter((part) => part.trim()).map(number);
    }
    default: return bounded(question, amount(question, text), text.includes("%"));
  }
}

// Hours may have their minutes behind them: « 35h30 ».
function amount(question, text) {
  const found = question.kind === "hours" && plain(text).match(PATTERN.hours);
  return found ? Number(found[1]) + Number(found[2]) / 60 : number(text);
}

function chosen(question, text) {
  return question.choices.find(([form]) => form === text)[1];
}

function bounded(question, number, percent) {
  const share = question.kind === "share";
  const found = share && (percent || number > 1) ? number / 100 : number;
  const shown = (bound) => (share ? `${bound * 100} %` : `${french(bound)} ${question.unit ?? ""}`.trim());
  if (found < question.least) throw new Refused("answer.too_little", { bound: shown(question.least) });
  if (found > question.most) throw new Refused("answer.too_much", { bound: shown(question.most) });
  if (question.kind === "count" && !Number.isInteger(found)) throw new Refused("answer.not_whole", { said: french(found) });
  return Number(found.toFixed(6));
}

// What a profile refuses although it was understood.
function fitting(question, value) {
  if (question.kind === "text" && value) {
    const odd = [...new Set(value.match(UNPRINTED) ?? [])].slice(0, 10).join(" ");
    if (odd) throw new Refused(`Ces caractères ne s’impriment pas : ${odd}. Écrivez sans eux.`);
    if ([...value].length > LIMITS.line) throw new Refused(`Ce texte dépasse ${LIMITS.line} caractères. Raccourcissez-le.`);
  }
  if (question.kind === "day" && value && (value < GIVEN.days[0] || value > GIVEN.days[1])) {
    throw new Refused("Cette date est trop loin dans le temps. Vérifiez l’année.");
  }
  return value;
}

// An answer as one would type it.
function typedAs(question, value) {
  if (value === null || value === undefined) return "";
  if (question.choices) {
    if (Array.isArray(value)) return value.map((one) => typedAs(question, one)).join("; ");
    return question.choices.find(([, said]) => said === value)?.[0] ?? "";
  }
  if (question.kind === "day") return value.split("-").reverse().join("/");
  if (question.kind === "share") return `${french(Number((100 * value).toPrecision(10)))} %`;
  if (Array.isArray(value)) return value.map((one) => plainNumber(one)).join("; ");
  return typeof value === "number" ? plainNumber(value) : String(value);
}

function plainNumber(value) {
  return String(value).replace(".", ",");
}

function french(value) {
  return value.toLocaleString("fr-FR", { maximumFractionDigits: 10 });
}

// The fields of the page -------------------------------------------------------------------------------------------------

const inputOf = (name) => document.getElementsByName(name)[0] ?? document.getElementById(anchor(name));
const fieldOf = (name) => inputOf(name)?.closest(".field");
const named = (name) => [...document.getElementsByName(name)];
const anchor = (name) => name.replaceAll(".", "-");

function typed(name) {
  const inputs = named(name);
  if (!inputs.length) return "";
  if (["radio", "checkbox"].includes(inputs[0].type)) {
    return inputs.filter((one) => one.checked).map((one) => one.value).join("; ");
  }
  return inputs[0].value;
}

function put(name, text) {
  const inputs = named(name);
  const several = text.split("; ");
  for (const input of inputs) {
    if (["radio", "checkbox"].includes(input.type)) input.checked = several.includes(input.value);
    else input.value = text;
  }
}

const own = (item) => item.key.slice(item.key.lastIndexOf(".") + 1);
const cell = (question, row, item) => `${question.key}.${row}.${own(item)}`;
const rowsOf = (question) => document.querySelectorAll(`#${anchor(question.key)} > .row`);

// What stands in a question's field, to tell whether it was changed.
function state(question) {
  if (question.kind !== "groups") return typed(question.key);
  const rows = [...rowsOf(question).keys()].map((row) => question.items.map((item) => typed(cell(question, row, item))));
  return JSON.stringify(rows.filter((row) => row.some((text) => text.trim())));
}

function fill(question, value) {
  if (question.kind === "groups") {
    rowsOf(question).forEach((row) => row.remove());
    (value ?? []).forEach((entry, row) => {
      addRow(question);
      question.items.forEach((item) => put(cell(question, row, item), typedAs(item, entry[own(item)])));
    });
    return;
  }
  const nothing = Array.isArray(value) && !value.length && question.choices?.some(([form]) => form === NONE);
  put(question.key, nothing ? NONE : typedAs(question, value));
}

const PROTOTYPES = {};

function addRow(question) {
  const row = rowsOf(question).length;
  const made = PROTOTYPES[question.key].cloneNode(true);
  const [name, id] = [`${question.key}.0.`, `${anchor(question.key)}-0-`];
  for (const element of [made, ...made.querySelectorAll("*")]) {
    for (const attribute of ["name", "id", "for", "aria-describedby"]) {
      const text = element.getAttribute(attribute);
      if (text) element.setAttribute(attribute, text.replaceAll(name, `${question.key}.${row}.`).replaceAll(id, `${anchor(question.key)}-${row}-`));
    }
  }
  made.querySelector("legend").textContent = String(row + 1);
  const list = document.getElementById(anchor(question.key));
  list.insertBefore(made, list.querySelector(":scope > .add"));
  list.querySelector(":scope > .add").hidden = row + 1 >= MOST_ROWS;
  return made;
}

function prepareRows(question) {
  const list = document.getElementById(anchor(question.key));
  PROTOTYPES[question.key] = list.querySelector(".row");
  const add = document.createElement("button");
  add.type = "button";
  add.className = "quiet add";
  add.textContent = "Ajouter une ligne";
  add.addEventListener("click", () => addRow(question).querySelector("input, select").focus());
  list.append(add);
}

function describe(name, text) {
  const field = fieldOf(name);
  const target = field.matches("fieldset") ? field : named(name)[0];
  const id = `${anchor(name)}-error`;
  document.getElementById(id)?.remove();
  const others = (target.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  field.classList.toggle("wrong", Boolean(text));
  if (text) {
    const words = document.createElement("p");
    words.className = "error";
    words.id = id;
    words.textContent = spaced(text);
    field.insertBefore(words, field.querySelector(":scope > :is(.options, .box, select, textarea, .row, .add)"));
    others.push(id);
  }
  if (text && target !== field) target.setAttribute("aria-invalid", "true");
  else target.removeAttribute("aria-invalid");
  if (others.length) target.setAttribute("aria-describedby", others.join(" "));
  else target.removeAttribute("aria-describedby");
}

// What was answered ------------------------------------------------------------------------------------------------------

let known = GIVEN.known;
let untouched = {}; // what stood in each field when it was filled
let unasked = new Set(QUESTIONS.map((one) => one.key)); // what did not concern the person then: it stays as it is known

const isShown = (question) => Boolean(named(question.key).length || (question.kind === "groups" && question.key in PROTOTYPES));

function holds(answer, allowed) {
  if (!allowed.length) return ![null, undefined, "", false, 0, "none"].includes(answer) && !(Array.isArray(answer) && !answer.length);
  return allowed.some((one) => one === answer || (Array.isArray(answer) && answer.includes(one)));
}

// One reading of all fields: answers by key, what is wrong by field, which questions concern the person, and which of these
// stand in a group that is opened.
function read() {
  const all = QUESTIONS.map((one) => one.key);
  const found = { errors: {}, answers: {}, relevant: new Set(), concerned: new Set(all) };
  const said = Object.fromEntries(QUESTIONS.map((one) => [one.key, answered(one, found.errors)]));
  for (let round = 0; round < 6; round += 1) {
    found.answers = {};
    for (const { key } of QUESTIONS) {
      const value = found.concerned.has(key) ? said[key] : unasked.has(key) ? known[key] : undefined;
      if (value !== undefined) found.answers[key] = value;
    }
    const answer = (key) => found.answers[key] ?? BY_KEY[key].default;
    const meets = (when) => Object.entries(when).every(([key, allowed]) => holds(answer(key), allowed));
    const relevant = QUESTIONS.filter((one) => isShown(one) && (one.when ?? [{}]).some(meets));
    const concerned = relevant.filter(isOpen).map((one) => one.key);
    found.relevant = new Set(relevant.map((one) => one.key));
    if (concerned.join() === [...found.concerned].join()) break;
    found.concerned = new Set(concerned);
  }
  completeGroups(found);
  return found;
}

const isOpen = (question) => !question.opened || typed(question.opened) === "oui";

// The answer of a question: undefined where there is none.
function answered(question, errors) {
  if (!isShown(question)) return known[question.key];
  if (question.kind === "groups") return entries(question, errors);
  try {
    if (state(question) === untouched[question.key]) return known[question.key];
    return fitting(question, understood(question, state(question))) ?? undefined;
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused;
    errors[question.key] = refused.message;
    return undefined;
  }
}

function entries(question, errors) {
  const found = [];
  for (const row of rowsOf(question).keys()) {
    const entry = {};
    const missing = [];
    for (const item of question.items) {
      const name = cell(question, row, item);
      try {
        const value = fitting(item, understood(item, typed(name)));
        if (value !== null) entry[own(item)] = value;
        else if (item.needed) missing.push(name);
      } catch (refused) {
        if (!(refused instanceof Refused)) throw refused;
        errors[name] = refused.message;
      }
    }
    if (!Object.keys(entry).length) continue;
    found.push(entry);
    missing.forEach((name) => { errors[name] = NEEDED; });
  }
  if (state(question) === untouched[question.key]) return known[question.key];
  return found.length ? found : undefined;
}

// A group that is there says of each key that it must have what is not known of it; true stands for one that is a word as well.
function completeGroups(found) {
  for (const group of new Set(QUESTIONS.map((one) => one.group).filter(Boolean))) {
    const inside = QUESTIONS.filter((one) => one.group === group && found.concerned.has(one.key));
    const empty = inside.every((one) => found.answers[one.key] === undefined);
    for (const one of inside.filter(({ key }) => found.answers[key] === undefined)) {
      if (one.choices?.some(([, value]) => value === "unknown")) found.answers[one.key] = "unknown";
      else if (one.nullable) found.answers[one.key] = null;
      else if (empty && one.default !== undefined) found.answers[one.key] = one.default;
    }
  }
}

const isNeeded = (question) => question.needed || (question.group && !question.nullable && question.default === undefined);

function problems(found) {
  const wrong = { ...found.errors };
  for (const key of Object.keys(wrong)) {
    const question = BY_KEY[key] ?? BY_KEY[key.split(".").slice(0, -2).join(".")];
    if (!found.concerned.has(question.key)) delete wrong[key];
  }
  for (const one of QUESTIONS.filter(({ key }) => found.concerned.has(key))) {
    if (isNeeded(one) && (found.answers[one.key] ?? null) === null) wrong[one.key] ??= NEEDED;
  }
  for (const [key, words] of contradictions(found.answers)) if (found.concerned.has(key)) wrong[key] ??= words;
  return wrong;
}

// Answers that cannot all be true, as the models of a profile find them.
function* contradictions(answers) {
  const get = (key) => answers[key] ?? BY_KEY[key].default;
  const [since, start, birth] = ["employment.since", "project.start", "person.birth_date"].map(get);
  const years = (date) => Math.floor(months(birth, date) / 12);
  if (since && start) {
    if (since > start) yield ["employment.since", "Ce jour vient après le démarrage du projet. Vérifiez les deux dates."];
    if (birth && since <= start && years(since) < LIMITS.ageAtWork) yield ["employment.since", `Vous auriez eu moins de ${LIMITS.ageAtWork} ans ce jour-là. Vérifiez cette date et votre date de naissance.`];
    const end = get("transition.exit_date") ?? (get("transition.exit_month") === undefined ? undefined : later(start, get("transition.exit_month")));
    if (since <= start && end && end < since) {
      yield [get("transition.exit_date") ? "transition.exit_date" : "transition.exit_month", "Votre contrat finirait avant d’avoir commencé. Vérifiez cette réponse."];
    }
  }
  if (birth && start && (years(start) < LIMITS.ageAtStart || years(start) > LIMITS.age)) yield ["person.birth_date", `Vous auriez ${years(start)} ans au démarrage du projet. Vérifiez les deux dates.`];
  if (get("transition.exit") === "term_end" && get("employment.contract") === "permanent") yield ["transition.exit", "Un CDI n’a pas de terme. Dites comment il prendra fin."];
  if (get("employment.weekly_hours") + get("project.weekly_hours") > LIMITS.week) yield ["project.weekly_hours", "Avec votre emploi, cela fait plus d’heures qu’une semaine n’en compte."];
  for (const key of ["household.children_shared", "household.children_declared"]) {
    if (get(key) > get("household.children")) yield [key, "C’est plus que le nombre de vos enfants à charge."];
  }
  if (get("financing.bank_terms.deferral") >= get("financing.bank_terms.months")) yield ["financing.bank_terms.deferral", "Le différé doit être plus court que le prêt."];
  const curve = get("project.turnover.by_month");
  if (curve) {
    const points = [[1, "month_1"], [12, "month_12"], [24, "month_24"]];
    if (curve.length !== 24) yield ["project.turnover.by_month", `Il faut vingt-quatre montants, et il y en a ${curve.length}.`];
    else if (curve.some((amount) => amount < 0)) yield ["project.turnover.by_month", "Un montant est négatif."];
    else if (points.some(([month, key]) => curve[month - 1] !== get(`project.turnover.${key}`))) yield ["project.turnover.by_month", "Le 1er, le 12e et le 24e montant ne sont pas ceux que vous avez donnés au début."];
    else if (Object.keys(answers).some((key) => key.startsWith("project.turnover.season."))) yield ["project.turnover.by_month", "Ces montants ont déjà les saisons. Gardez l’un des deux."];
  }
  const activities = get("project.activities") ?? [];
  const lets = ["guest_rooms", "tourist_let_classified", "tourist_let"];
  const categories = new Set([get("project.category"), ...activities.map((one) => one.category)]);
  if (activities.reduce((sum, one) => sum + one.share, 0) >= 1) yield ["project.activities", "Les autres activités font tout le chiffre d’affaires : il ne reste rien pour la première."];
  else if (categories.size > 1 && lets.some((one) => categories.has(one))) yield ["project.activities", "Des chambres d’hôtes ou un meublé de tourisme ne se calculent pas avec une autre activité."];
  else if (get("project.partners") > 0 || get("project.seeks_investors")) {
    const mine = get("project.capital_share");
    if (mine === undefined) yield ["project.capital_share", "Avec des associés ou des investisseurs, cette réponse est nécessaire."];
    else for (const key of ["family_share", "largest_other_share", "applicants_share"]) {
      if (mine + (get(`project.${key}`) ?? 0) > 1 + LIMITS.rounded) yield [`project.${key}`, "Avec votre part, cela dépasse 100 % du capital."];
    }
  }
  const rights = ["transition.unemployment.daily_are", "transition.unemployment.remaining_days"];
  const given = rights.filter((key) => get(key) !== undefined);
  if (given.length === 1) yield [given[0], "Donnez le montant par jour et le nombre de jours, ou aucun des deux."];
  if (get("transition.exit_month") !== undefined && get("transition.exit_date") !== undefined) yield ["transition.exit_date", "Le jour et le nombre de mois disent la même chose. Gardez l’un des deux."];
}

function months(first, last) {
  const [from, to] = [first, last].map((date) => date.split("-").map(Number));
  return (to[0] - from[0]) * 12 + to[1] - from[1] - (to[2] < from[2] ? 1 : 0);
}

function later(date, count) {
  const [year, month, number] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + count, 0));
  return new Date(last.getTime() - Math.max(0, last.getUTCDate() - number) * DAY).toISOString().slice(0, 10);
}

// The file ---------------------------------------------------------------------------------------------------------------

const HEAD = "# Réponses à un questionnaire de tremplin : un profil, que chaque commande accepte.\n";
// Line ends that editors do not see, and what no YAML may hold as it is.
const UNSEEN = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

function yaml(answers) {
  const isGroup = (key) => answers[key] === true && QUESTIONS.some((one) => one.group === key && answers[one.key] !== undefined);
  const lines = [];
  let open = [];
  for (const question of QUESTIONS) {
    const value = answers[question.key];
    if (value === undefined || isGroup(question.key)) continue;
    const sections = question.key.split(".");
    const last = sections.pop();
    sections.forEach((name, depth) => {
      if (open[depth] === name && open.slice(0, depth).join() === sections.slice(0, depth).join()) return;
      open = sections.slice(0, depth);
      lines.push(`${"  ".repeat(depth)}${name}:`);
      open.push(name);
    });
    open = sections;
    lines.push(`${"  ".repeat(sections.length)}${last}: ${question.kind === "day" && value ? value : json(value)}`);
  }
  return `${HEAD}${lines.join("\n")}\n`;
}

function json(value) {
  const text = Array.isArray(value) ? `[${value.map(json).join(", ")}]`
    : value && typeof value === "object" ? `{${Object.entries(value).map(([key, one]) => `${json(key)}: ${json(one)}`).join(", ")}}`
      : JSON.stringify(value);
  return text.replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

class Foreign extends Error {}

function isOfKind({ kind, choices }, value) {
  if (value === null) return true;
  if (kind === "groups") return Array.isArray(value) && value.every((one) => one && typeof one === "object");
  if (choices) return [value].flat().every((one) => choices.some(([, said]) => said === one));
  if (kind === "day") return /^\d{4}-\d\d-\d\d$/.test(value);
  return [value].flat().every((one) => typeof one === (kind === "text" ? "string" : "number"));
}

// Reads what `yaml` wrote, and nothing else.
function fromYaml(text) {
  const found = {};
  const sections = [];
  text.replace(/^\ufeff/, "").split(/\r?\n/).forEach((line, place) => {
    if (!line.trim() || line.startsWith("#")) return;
    const [, indent, name, rest] = line.match(/^((?: {2})*)([a-z0-9_]+):(?: (.*))?$/) ?? [];
    if (name === undefined) throw new Foreign(place + 1);
    sections.length = indent.length / 2;
    const key = [...sections, name].join(".");
    if (rest === undefined) {
      sections.push(name);
      if (key in BY_KEY) found[key] = true;
      return;
    }
    try {
      found[key] = /^\d{4}-/.test(rest) ? rest : JSON.parse(rest);
    } catch {
      throw new Foreign(place + 1);
    }
    if (!(key in BY_KEY) || !isOfKind(BY_KEY[key], found[key])) throw new Foreign(place + 1);
  });
  return found;
}

function save(answers) {
  const id = answers.id ?? newId();
  known = { ...known, id };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([yaml({ ...answers, id })], { type: "text/yaml" }));
  link.download = `${id}.yaml`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  saved = everything();
  return link.download;
}

// What tells two clients' files apart without telling who they are.
function newId() {
  return `dossier-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}

// The pages --------------------------------------------------------------------------------------------------------------

const PAGES = [...document.querySelectorAll("main > form > section")];
const TITLE = document.title;
const TO_SAVE = document.getElementById("done").textContent;
let current = PAGES[0];
let saved = "";

// French has spaces before these signs at which no line breaks.
const spaced = (text) => text.replace(/ (?=[:;!?»%€])/g, "\u00a0").replaceAll("« ", "«\u00a0");

const everything = () => JSON.stringify(QUESTIONS.map(state));

function element(tag, text, properties = {}) {
  const made = document.createElement(tag);
  made.textContent = spaced(text);
  return Object.assign(made, properties);
}

// Show the questions that concern the person, and hide the others.
function update() {
  const { relevant } = read();
  for (const question of QUESTIONS.filter(isShown)) fieldOf(question.key).hidden = !relevant.has(question.key);
  for (const group of document.querySelectorAll(".group")) {
    const inside = group.querySelector(":scope > .inside");
    inside.hidden = typed(group.querySelector("input").name) !== "oui";
    group.hidden = !inside.querySelector(".field:not([hidden])");
  }
  for (const details of document.querySelectorAll("main details")) details.hidden = !details.querySelector(".field:not([hidden])");
}

const isAsked = (page) => !page.querySelector(".field") || Boolean(page.querySelector(".field:not([hidden])"));

function show(page, focused = page.querySelector("h1")) {
  update();
  current = page;
  if (page.id === "verifier") review();
  PAGES.forEach((one) => one.classList.toggle("away", one !== page));
  const asked = PAGES.filter(isAsked);
  document.getElementById("where").textContent = `Page ${asked.indexOf(page) + 1} sur ${asked.length}`;
  document.title = `${page.dataset.title} — ${TITLE}`;
  focused.closest("details")?.setAttribute("open", "");
  focused.focus({ preventScroll: true });
  if (focused.tagName === "H1") scrollTo(0, 0);
  else focused.scrollIntoView({ block: "center" });
}

// The address names a page or a field, so that the browser's own way back works.
let followed;

function follow() {
  followed = location.hash;
  const target = document.getElementById(followed.slice(1)) ?? PAGES[0];
  const page = target.closest("section");
  if (!page) return;
  const field = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea, button");
  show(page, page === target ? undefined : field ?? undefined);
}

function go(id) {
  location.hash = id;
  follow();
}

function link(text, id) {
  const made = element("a", text, { href: `#${id}` });
  made.addEventListener("click", (event) => { event.preventDefault(); go(id); });
  return made;
}

function on(page, wrong) {
  return Object.entries(wrong).filter(([name]) => inputOf(name)?.closest("section") === page);
}

// A list of what is to be settled, each leading to its field.
function listed(wrong, words) {
  const box = element("div", "", { className: "errors", tabIndex: -1 });
  box.setAttribute("role", "alert");
  box.append(element("h2", words(wrong.length)));
  const list = element("ul", "");
  for (const [name, text] of wrong) {
    const item = element("li", "");
    const input = inputOf(name);
    const question = BY_KEY[name] ?? BY_KEY[name.split(".").slice(0, -2).join(".")];
    item.append(link(`${question.label} : ${text}`, input.id || named(name).find((one) => one.id).id));
    list.append(item);
  }
  box.append(list);
  return box;
}

function next() {
  update();
  const wrong = on(current, problems(read()));
  current.querySelector(":scope > .errors")?.remove();
  QUESTIONS.filter((one) => isShown(one)).forEach((one) => tell(one, Object.fromEntries(wrong)));
  if (wrong.length) {
    const box = listed(wrong, (count) => (count === 1 ? "Une réponse est à revoir" : `${count} réponses sont à revoir`));
    current.querySelector("h1").after(box);
    box.focus();
    return;
  }
  const asked = PAGES.filter(isAsked);
  go(asked[asked.indexOf(current) + 1].id);
}

// Say beside the fields of a question what is wrong there, or take it back.
function tell(question, wrong) {
  describe(question.key, wrong[question.key]);
  if (question.kind !== "groups") return;
  for (const row of rowsOf(question).keys()) {
    question.items.forEach((item) => describe(cell(question, row, item), wrong[cell(question, row, item)]));
  }
}

function inWords(question, value) {
  if (Array.isArray(value) && question.kind === "groups") return value.map((one) => Object.values(one)[0]).join(", ");
  if (Array.isArray(value)) return value.map((one) => inWords(question, one)).join(question.choices ? ", " : " ; ") || "aucune";
  if (question.choices) return question.choices.find(([, said]) => said === value)?.[2] ?? "";
  const text = typedAs(question, value);
  return question.kind === "share" || !question.unit ? text : `${french(value)} ${question.unit}`;
}

// Whether there is something to show of an answer.
const isSaid = (value) => ![undefined, null].includes(value) && !(Array.isArray(value) && typeof value[0] === "undefined");

function review() {
  const found = read();
  const wrong = Object.entries(problems(found)).filter(([name]) => inputOf(name));
  const answers = document.getElementById("said");
  answers.replaceChildren();
  for (const [topic, title] of GIVEN.topics) {
    const rows = QUESTIONS.filter((one) => one.topic === topic && found.concerned.has(one.key) && isSaid(found.answers[one.key]));
    if (!rows.length) continue;
    const list = element("dl", "", { className: "answers" });
    for (const question of rows) {
      const pair = element("div", "");
      pair.append(element("dt", question.label), element("dd", inWords(question, found.answers[question.key])));
      list.append(pair);
    }
    const change = element("p", "");
    change.append(link(`Modifier « ${title} »`, inputOf(rows[0].key).closest("[data-topic], section").id));
    answers.append(element("h2", title), list, change);
  }
  const open = document.getElementById("open");
  open.replaceChildren();
  if (everything() !== saved) ready(TO_SAVE, "");
  for (const id of ["done", "save"]) document.getElementById(id).hidden = wrong.length > 0;
  if (wrong.length) {
    open.append(
      listed(wrong, (count) => (count === 1 ? "Un point reste à régler" : `${count} points restent à régler`)),
      element("p", "Vous ne savez pas encore ? Enregistrez un brouillon, et reprenez-le plus tard."),
    );
  }
}

function keep() {
  const found = read();
  const lost = Object.keys(found.errors).filter((key) => found.errors[key] !== NEEDED).length;
  const file = save(found.answers);
  document.getElementById("kept").textContent = `Brouillon enregistré dans vos téléchargements : ${file}.${
    lost ? ` Sans ${lost === 1 ? "une réponse qui n’est pas comprise" : `${lost} réponses qui ne sont pas comprises`} : corrigez, puis enregistrez encore.` : ""}`;
}

function finish() {
  const found = read();
  if (Object.keys(problems(found)).length) {
    show(current);
    return;
  }
  const { to } = document.getElementById("done").dataset;
  ready(`C’est enregistré. Envoyez le fichier ${save(found.answers)}, qui est dans vos téléchargements, à ${to}.`, "saved");
}

function ready(text, className) {
  Object.assign(document.getElementById("done"), { textContent: text, className });
}

// Fill the fields with what is known, and remember what stands there.
function start(answers) {
  known = answers;
  unasked = new Set(QUESTIONS.map((one) => one.key));
  for (const question of QUESTIONS.filter(isShown)) fill(question, known[question.key]);
  for (const group of new Set(QUESTIONS.map((one) => one.opened).filter(Boolean))) {
    put(group, QUESTIONS.some((one) => one.opened === group && known[one.key] !== undefined) ? "oui" : "");
  }
  untouched = Object.fromEntries(QUESTIONS.map((one) => [one.key, state(one)]));
  const { concerned } = read();
  unasked = new Set(QUESTIONS.filter(({ key }) => !concerned.has(key)).map((one) => one.key));
  saved = everything();
  update();
}

async function resume(event) {
  const error = document.getElementById("draft-error");
  const [file] = event.target.files;
  error.hidden = true;
  if (!file) return;
  if (everything() !== saved && !confirm("Le brouillon remplacera ce que vous venez d’écrire.")) return;
  try {
    const found = fromYaml(await file.text());
    if (GIVEN.known.id && found.id !== GIVEN.known.id) throw new Foreign();
    start(found);
    next();
  } catch (problem) {
    if (!(problem instanceof Foreign)) throw problem;
    error.textContent = problem.message
      ? `Ce fichier n’est pas un brouillon de ce questionnaire : sa ligne ${problem.message} n’est pas comprise.`
      : "Ce brouillon est celui d’un autre questionnaire.";
    error.hidden = false;
  }
  event.target.value = "";
}

document.body.classList.add("scripted");
// What a page asks first stands open; what is beside it is to be opened.
document.querySelectorAll("main details").forEach((one) => { one.open = !one.parentElement.querySelector(":scope > :is(.field, [data-topic])"); });
QUESTIONS.filter((one) => one.kind === "groups").forEach(prepareRows);
start(GIVEN.known);
document.getElementById("answers").addEventListener("submit", (event) => { event.preventDefault(); next(); });
// A box that is left by a click on something else says so while the button is still down. What is shown or hidden then
// moves what was clicked away from under the pointer, and the click is lost: it waits until the button is up.
let isDown = false;
const waiting = [];
function whenUp(act) {
  if (isDown) waiting.push(act);
  else act();
}
addEventListener("pointerdown", () => { isDown = true; }, true);
["pointerup", "pointercancel"].forEach((up) => addEventListener(up, () => setTimeout(() => {
  isDown = false;
  waiting.splice(0).forEach((act) => act());
}), true));
document.getElementById("answers").addEventListener("change", (event) => {
  if (event.target.type === "file") return;
  const { name } = event.target;
  whenUp(() => {
    update();
    const { errors } = read();
    if (errors[name] !== NEEDED) describe(name, errors[name]);
  });
});
document.querySelectorAll("[data-go]").forEach((button) => button.addEventListener("click", () => {
  const asked = PAGES.filter(isAsked);
  go(button.dataset.go === "back" ? asked[asked.indexOf(current) - 1].id : button.dataset.go);
}));
document.getElementById("keep").addEventListener("click", keep);
document.getElementById("save").addEventListener("click", finish);
document.getElementById("draft").addEventListener("change", resume);
addEventListener("hashchange", () => { if (location.hash !== followed) follow(); });
addEventListener("beforeunload", (event) => { if (everything() !== saved) event.preventDefault(); });
addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((one) => { one.open = true; }));
follow();
