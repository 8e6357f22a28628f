import type { ModuleData, PackageData, PageData } from "../types.ts";

/** A page with where it stands. */
export interface Stop {
  readonly page: PageData;
  readonly module: ModuleData;
  /** From 1, within the module. */
  readonly number: number;
  readonly first: boolean;
  readonly last: boolean;
}

export function itinerary(data: PackageData): readonly Stop[] {
  return data.modules.flatMap((module) =>
    module.pages.map((page, at) => ({
      page,
      module,
      number: at + 1,
      first: at === 0,
      last: at === module.pages.length - 1,
    })),
  );
}
