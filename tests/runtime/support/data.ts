/** A small package with every kind of thing in it. */

import "./features.ts";

import type { Format, ModuleData, PackageData } from "../../../src/runtime/src/types.ts";

const BASE = "https://kurs.example.no/dt";

export function module(id: string, change: Partial<ModuleData> = {}): ModuleData {
  return {
    id,
    title: `Modul ${id}`,
    activity: `${BASE}/${id}`,
    minutes: 20,
    require: ["pages", "questions"],
    mastery: null,
    pages: [
      { id: `${id}.en`, key: `${id[0]}p1`, title: "Første side", minutes: 4 },
      { id: `${id}.to`, key: `${id[0]}-2`, title: "Andre side", minutes: 4 },
      { id: `${id}.tre`, key: `${id[0]}_3`, title: "Tredje side", minutes: 4 },
    ],
    questions: [
      {
        id: `${id}.velg`,
        key: `${id[0]}q1`,
        page: `${id}.en`,
        type: "choice",
        title: "Hva sier «vi»?",
        choices: [
          { id: "a", text: "Ærlig" },
          { id: "b", text: "Øvelse" },
          { id: "c", text: "Åpenhet" },
        ],
        correct: ["a", "c"],
      },
      {
        id: `${id}.sant`,
        key: `${id[0]}q2`,
        page: `${id}.to`,
        type: "true-false",
        title: "Er det sant?",
        choices: [],
        correct: ["false"],
      },
    ],
    ...change,
  };
}

export function packageOf(
  format: Format,
  modules: readonly ModuleData[] = [module("strategi")],
): PackageData {
  const course = { id: "dt", title: "Digital transformasjon", activity: BASE, version: "1.0.0" };
  const only = modules.length === 1 ? modules[0]! : course;
  return {
    v: 1,
    format,
    lang: "nb",
    tool: "kurspakke 0.1.0",
    unit: { id: only.id, title: only.title, activity: only.activity },
    course,
    modules,
    captions: {},
    words: {},
  };
}
