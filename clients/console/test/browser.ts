import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { after, before, describe } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page, type Route } from "playwright-core";
import { Service } from "../../typescript/test/service.js";

/** Where Debian, and others, have Chromium. */
const executablePath = process.env["CHROMIUM"] ?? ["chromium", "chromium-browser", "google-chrome"]
    .flatMap(name => (process.env["PATH"] ?? "").split(delimiter).map(folder => join(folder, name)))
    .find(existsSync);

export const skip = executablePath === undefined && "There is no Chromium.";

const mongoDb = process.env["ORDERISSUE_TEST_MONGODB"];

/** The settings of each store that can be had. */
const stores: Record<string, Record<string, string>> = {
    SQLite: {},
    ...mongoDb && { MongoDB: { ConnectionStrings__MongoDb: mongoDb.replace(/(\/\/[^/]+)(\/[^?]*)?/, `$1/console-${process.pid}-${Date.now()}`) } },
};

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });

/** A tab of its own, with its own session. What goes wrong in it is kept in `faults`. */
export class Tab {
    readonly faults: string[] = [];

    private constructor(readonly page: Page, readonly service: Service) {
        page.on("pageerror", error => this.faults.push(error.message));
        page.on("console", message => message.type() === "error" && !message.text().startsWith("Failed to load resource") && this.faults.push(message.text()));
    }

    static async open(browser: Browser, service: Service, path = "/console/", options: BrowserContextOptions = {}): Promise<Tab> {
        const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 }, ...options });
        context.setDefaultTimeout(20_000);
        const tab = new Tab(await context.newPage(), service);
        await tab.page.goto(service.url + path);
        return tab;
    }

    async close(): Promise<void> {
        await this.page.context().close();
    }
}

/** A browser, a service and a tab of it: what the tests of a suite share. */
export class Stage {
    private constructor(readonly browser: Browser, readonly service: Service, readonly tab: Tab) {
    }

    static async open(settings: Record<string, string> = {}): Promise<Stage> {
        const [browser, service] = await Promise.all([launch(), Service.start(settings)]);
        return new Stage(browser, service, await Tab.open(browser, service));
    }

    /** Ends them, and finds nothing that went wrong in the tab. */
    async close(): Promise<void> {
        await this.browser.close();
        await this.service.stop();
        assert.deepEqual(this.tab.faults, []);
    }
}

/** A suite on each store. What it gives to `prepare` runs once the stage is there. */
export function onEachStore(title: string, suite: (prepare: (prepared: (stage: Stage) => Promise<void>) => void, store: string) => void): void {
    for (const [store, settings] of Object.entries(stores)) {
        describe(`${title}, on ${store}`, { skip }, () => {
            let stage: Stage | undefined;
            after(() => stage?.close());
            suite(prepared => before(async () => {
                stage = await Stage.open(settings);
                await prepared(stage);
            }), store);
        });
    }
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/** Finds nothing in the page that keeps anybody from using it. */
export async function isFitForEverybody(page: Page): Promise<void> {
    await page.evaluate(axe);
    const { violations } = await page.evaluate("axe.run()") as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(node => `${node.html} ${node.failureSummary}`)]), []);
}

/** Scrolls the queue. */
export const scrollTo = (page: Page, top: number): Promise<void> => page.locator(".scroller").evaluate((element, to) => { element.scrollTop = to; }, top);

/** Scrolls the queue to its end, as further pages come, until this row is there. */
export async function scrollToRow(page: Page, index: number): Promise<void> {
    await page.locator(".scroller").evaluate(async (element, wanted) => {
        for (const end = performance.now() + 20_000; performance.now() < end && !element.querySelector(`tr[data-index="${wanted}"]`);) {
            element.scrollTop = element.scrollHeight;
            await new Promise(requestAnimationFrame);
        }
    }, index);
    await page.locator(`tr[data-index="${index}"]`).waitFor();
}

/** Answers a request in the place of the service, which refuses it. */
export const refuse = (route: Route, status: number, code: string, errors?: Record<string, string[]>): Promise<void> => route.fulfill({
    status, contentType: "application/problem+json", body: JSON.stringify({ ok: false, title: code, status, detail: "No.", code, errors }),
});

interface Issue {
    issueId: string;
    OrderId: string;
    __v: number;
    [field: string]: unknown;
}

let orders = 0;

/** Calls the service beside the console, as another program does. */
export async function call(service: Service, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<any> {
    const response = await fetch(service.url + path, {
        method,
        headers: { ...headers, ...body !== undefined && { "Content-Type": "application/json" } },
        body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
        throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }

    return text === "" ? undefined : JSON.parse(text);
}

/** A new issue of an order of its own. */
export async function create(service: Service, fields: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Issue> {
    const body = { OrderId: `T-${process.pid}-${++orders}`, source: "email", issueType: "damaged", ...fields };
    return (await call(service, "POST", "/api/order-issue/create", body, headers)).data;
}

export const read = async (service: Service, issueId: string): Promise<Issue> => (await call(service, "GET", `/api/order-issue/${issueId}`)).data;

export { Service };
