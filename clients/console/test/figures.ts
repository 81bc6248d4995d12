// Measures what the console promises, on the embedded store: npm run figures. ISSUES and ROUNDS may be set in the environment.
import type { Page } from "playwright-core";
import { create, launch, Service } from "./browser.js";

declare const timed: (act: () => void, isShown: () => boolean) => Promise<number>;
declare const longFrames: number[];

const count = Number(process.env["ISSUES"] ?? 10_000);
const rounds = Number(process.env["ROUNDS"] ?? 20);

const [browser, service] = await Promise.all([launch(), Service.start()]);
const callers = 16;
await Promise.all(Array.from({ length: callers }, async (_, caller) => {
    for (let index = caller; index < count; index += callers) {
        await create(service, {
            issueType: ["wrong item", "damaged", "missing item"][index % 3], items: [{ sku: `SKU-${index % 90}`, qty: 1 + index % 3 }],
            customerName: `Customer ${index % 700}`, picker: `Picker ${index % 20}`, packer: `Packer ${index % 20}`, assignee: `Agent ${index % 8}`,
            tags: ["vip"], dueAt: "2030-01-01T00:00:00Z", notes: "Box was wet.",
        });
    }
}));

/** A page of a browser that has cached nothing. It notes when its first row came, and frames of more than 50 ms. */
async function open(): Promise<Page> {
    const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
    await context.addInitScript(() => {
        const frames: number[] = [];
        const timing = async (act: () => void, isShown: () => boolean) => {
            const start = performance.now();
            act();
            while (!isShown()) {
                await new Promise(requestAnimationFrame);
            }

            return performance.now() - start;
        };
        Object.assign(globalThis, { timed: timing, longFrames: frames });
        new PerformanceObserver(list => frames.push(...list.getEntries().map(entry => entry.duration))).observe({ type: "long-animation-frame" });
        new MutationObserver((_, observer) => {
            if (document.querySelector("tr[data-index]")) {
                performance.mark("first row");
                observer.disconnect();
            }
        }).observe(document, { childList: true, subtree: true });
    });
    const page = await context.newPage();
    await page.goto(`${service.url}/console/`);
    await page.locator("tr[data-index]").first().waitFor();
    return page;
}

function report(name: string, values: number[]): void {
    values.sort((left, right) => left - right);
    console.log(`${name.padEnd(48)} ${values[Math.floor(values.length / 2)]!.toFixed(0)} ms, at most ${values.at(-1)!.toFixed(0)} ms`);
}

const opened: number[] = [];
for (let round = 0; round < rounds; round++) {
    const page = await open();
    opened.push(await page.evaluate(() => performance.getEntriesByName("first row")[0]!.startTime));
    await page.context().close();
}

report("From the address to the first row", opened);

const page = await open();
const reportFrames = async (what: string) => {
    const frames = await page.evaluate(() => longFrames.splice(0));
    console.log(`${what.padEnd(48)} ${frames.length} frames over 50 ms${frames.length > 0 ? `, at most ${Math.max(...frames).toFixed(0)} ms` : ""}`);
};
await page.waitForTimeout(500);
await page.evaluate(() => longFrames.splice(0));
await page.evaluate(async total => {
    const scroller = document.querySelector<HTMLElement>(".scroller")!;
    const rowHeight = document.querySelector<HTMLElement>("tr[data-index]")!.offsetHeight;
    while (scroller.scrollTop < (total - 60) * rowHeight) {
        scroller.scrollBy(0, 600);
        await new Promise(requestAnimationFrame);
    }
}, count);
await reportFrames(`All ${count} rows, read page by page`);
await page.evaluate(async () => {
    const scroller = document.querySelector<HTMLElement>(".scroller")!;
    for (let step = 0; step < 300; step++) {
        scroller.scrollTop = Math.abs(Math.sin(step * 7)) * scroller.scrollHeight;
        await new Promise(requestAnimationFrame);
    }
});
await reportFrames("300 jumps among them");

const figures: Record<string, number[]> = {};
const keep = (name: string, ms: number) => (figures[name] ??= []).push(ms);
for (let round = 0; round < rounds; round++) {
    await page.evaluate(() => document.querySelectorAll<HTMLElement>("tr[data-index] th a")[20]!.focus());
    keep("To the next row", await page.evaluate(() => {
        const before = document.activeElement;
        return timed(() => document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: "j", code: "KeyJ", bubbles: true })), () => document.activeElement !== before);
    }));
    keep("A row selected", await page.evaluate(() => timed(
        () => document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: "x", code: "KeyX", bubbles: true })), () => document.querySelector(".bulk-bar") !== null)));
    await page.getByRole("button", { name: "Clear" }).click();
    keep("An issue opened", await page.evaluate(() => timed(
        () => document.querySelectorAll<HTMLElement>("tr[data-index] th a")[20]!.click(), () => document.querySelector(".facts") !== null)));
    await page.locator("button.status[aria-pressed=false]").first().waitFor();
    keep("Its status changed", await page.evaluate(() => {
        const button = document.querySelector<HTMLElement>("button.status[aria-pressed=false]")!;
        return timed(() => button.click(), () => button.getAttribute("aria-pressed") === "true");
    }));
    keep("Back to the queue", await page.evaluate(() => timed(
        () => document.querySelector<HTMLElement>(".crumbs a")!.click(), () => document.querySelector("tr[data-index]") !== null)));
}

Object.entries(figures).forEach(([name, values]) => report(name, values));
await reportFrames("Meanwhile");
await browser.close();
await service.stop();
