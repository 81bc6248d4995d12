import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { call, create, read, type Service, skip, Stage, Tab } from "./browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

describe("The other screens", { skip }, () => {
    let stage: Stage;
    let browser: Browser;
    let service: Service;
    let page: Page;
    let issueId: string;
    before(async () => {
        stage = await Stage.open();
        ({ browser, service, tab: { page } } = stage);
        for (let index = 0; index < 30; index++) {
            await create(service, {
                items: [{ sku: index < 20 ? "MUG" : `SKU-${index}`, qty: 2 }], picker: index % 2 ? "Ann" : "Bea", fault: "carrier", priority: index % 5 ? "low" : "urgent",
                cost: { amount: 2.5, currency: "EUR" }, customerName: "Jo Long", customerEmail: index < 3 ? "Jo@example.com" : undefined, tags: ["vip"], dueAt: "2020-01-01T00:00:00Z",
            });
        }

        ({ issueId } = await create(service, { source: "freshdesk", ticketId: "18362", notes: "Wet box" }));
        await call(service, "PUT", "/api/issue-view/Open%20ones", { query: "status=open" });
    });
    after(() => stage?.close());

    const open = (path: string) => page.goto(service.url + path);

    it("make an issue from a ticket", async () => {
        await open("/console/new");
        await page.getByLabel("From a ticket").check();
        await page.getByLabel("Ticket", { exact: true }).fill("18362");
        await page.getByRole("button", { name: "Look up" }).click();
        await page.getByRole("button", { name: "Use it" }).click();
        assert.equal(await page.getByLabel("Order").inputValue(), "111-0944945-3989852");
        await page.getByLabel("Type").fill("wrong item");
        await page.getByRole("button", { name: "Create" }).click();
        await page.getByRole("heading", { level: 1, name: "Issue 16" }).waitFor();
        await page.getByText("Ticket 18362").waitFor();
    });

    it("make an issue by hand, and show what is wrong at the fields", async () => {
        await open("/console/new");
        await page.getByLabel("By hand").check();
        await page.getByLabel("Customer’s e-mail").fill("nonsense");
        await page.getByLabel("SKU").fill("MUG");
        await page.getByLabel("Quantity").fill("many");
        await page.getByRole("button", { name: "Create" }).click();
        await page.getByText("Some fields need your attention.").waitFor();
        assert.equal(await page.evaluate(() => document.activeElement?.closest(".field")?.querySelector("label")?.textContent), "Order");
        assert.equal(await page.locator(".field .error").count(), 4);
        await page.reload();
        assert.equal(await page.getByLabel("SKU").inputValue(), "MUG", "the draft is kept");
        await page.getByLabel("Order").fill("HAND-1");
        await page.getByLabel("Type").fill("damaged");
        await page.getByLabel("Customer’s e-mail").fill("");
        await page.getByLabel("Quantity").fill("2");
        await page.getByRole("button", { name: "Create" }).click();
        await page.getByText("2 × MUG").waitFor();
        await open("/console/new");
        assert.equal(await page.getByLabel("Order").inputValue(), "");
    });

    it("show figures that lead to their issues, and export them with their count", async () => {
        await open("/console/insights?fault=carrier");
        const pareto = page.getByRole("table", { name: "SKUs and types" });
        await pareto.getByText("80 % of all").waitFor();
        assert.match(await pareto.locator("tbody tr").first().innerText(), /MUG\s+damaged\s+20\s+40\s+67%/);
        await page.getByText("€75.00").first().waitFor();
        await page.locator(".uplot canvas").waitFor();
        await page.getByRole("button", { name: "Export" }).click();
        await page.getByRole("dialog").getByText("30 issues").waitFor();
        await page.getByRole("dialog").getByLabel("CSV").check();
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save file" }).click()]);
        assert.equal(readFileSync(await download.path(), "utf8").trim().split("\n").length, 31);
        await page.getByRole("table", { name: "Not resolved, by age" }).getByRole("link", { name: "Overdue" }).click();
        await page.getByText("30 issues").waitFor();
        assert.equal(new URL(page.url()).search, "?fault=carrier&overdue=true&sort=createdAt");
    });

    it("hand out a customer's data, and erase it once the address is typed again", async () => {
        await open("/console/customers");
        await page.getByLabel("Customer’s e-mail").fill("jo@EXAMPLE.com");
        await page.getByRole("button", { name: "Find" }).click();
        await page.getByText("3 issues have data about this customer.").waitFor();
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
        assert.equal(JSON.parse(readFileSync(await download.path(), "utf8")).issues.length, 3);
        await page.getByRole("button", { name: "Erase", exact: true }).click();
        const dialog = page.getByRole("dialog");
        const erase = dialog.getByRole("button", { name: "Erase" });
        await dialog.getByLabel("Reason").fill("asked for it");
        assert.ok(await erase.isDisabled());
        await dialog.getByLabel("to confirm").fill("jo@example.com");
        await erase.click();
        await page.getByText("Erased from 3 issues.").waitFor();
        await page.getByText("Nothing is kept about this customer.").waitFor();
        assert.equal((await read(service, "1600001"))["customerName"], undefined);
        assert.doesNotMatch(page.url(), /example/);
    });

    it("speak German, and keep to the colours that were chosen", async () => {
        await open("/console/settings");
        await page.getByLabel("Language").selectOption("de");
        await page.getByRole("heading", { name: "Einstellungen" }).waitFor();
        await page.getByLabel("Farben").selectOption("dark");
        await page.reload();
        await page.getByRole("link", { name: "Auswertung" }).waitFor();
        assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, getComputedStyle(document.body).backgroundColor]), ["de", "rgb(22, 24, 29)"]);
        await page.getByLabel("Sprache").selectOption("en");
        await page.getByLabel("Colours").selectOption("system");
    });

    it("load the page again where an upgrade has taken a file away", async () => {
        const own = await Tab.open(browser, service);
        await own.page.locator("tr[data-index]").first().waitFor();
        let asked = 0;
        await own.page.route("**/assets/Insights-*.js", route => asked++ < 1 ? route.fulfill({ status: 404 }) : route.continue());
        await own.page.getByRole("link", { name: "Insights" }).click();
        await own.page.getByRole("heading", { name: "Insights" }).waitFor();
        assert.equal(asked, 2); // A page asks once for a file.
        await own.close();
    });

    for (const [name, path] of Object.entries({
        queue: "/console/?status=open", issue: "/console/issue/*", create: "/console/new", insights: "/console/insights", customers: "/console/customers", settings: "/console/settings",
    })) {
        for (const [colorScheme, width] of [["light", 360], ["dark", 1440]] as const) {
            it(`${name} is fit for everybody in ${colorScheme} colours and ${width} pixels`, async () => {
                const own = await Tab.open(browser, service, path.replace("*", issueId), { colorScheme, viewport: { width, height: 800 } });
                await own.page.waitForFunction(() => document.querySelector('#content h1') !== null && document.querySelector('#content [aria-busy="true"]') === null);
                await own.page.evaluate(axe);
                const { violations } = await own.page.evaluate("axe.run()") as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
                assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(node => `${node.html} ${node.failureSummary}`)]), []);
                assert.ok(await own.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the screen");
                assert.deepEqual(own.faults, []);
                await own.close();
            });
        }
    }
});
