import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import type { Page } from "playwright-core";
import { call, create, isFitForEverybody, onEachStore, read, type Service } from "./browser.js";

onEachStore("The other screens", (prepare) => {
    let service: Service;
    let page: Page;
    prepare(async stage => {
        ({ service, tab: { page } } = stage);
        for (let index = 0; index < 30; index++) {
            await create(service, {
                items: [{ sku: index < 20 ? "MUG" : `SKU-${index}`, qty: 2 }], picker: index % 2 ? "Ann" : "Bea", fault: "carrier", priority: index % 5 ? "low" : "urgent",
                cost: { amount: 2.5, currency: "EUR" }, customerName: "Jo Long", customerEmail: index < 3 ? "Jo@example.com" : undefined, tags: ["vip"], dueAt: "2020-01-01T00:00:00Z",
            });
        }
    });

    const open = (path: string) => page.goto(service.url + path);

    const takeTicket = async () => {
        await open("/console/new");
        await page.getByLabel("From a ticket").check();
        await page.getByLabel("Ticket", { exact: true }).fill("18362");
        await page.getByRole("button", { name: "Look up" }).click();
        await page.getByRole("button", { name: "Use it" }).click();
    };

    it("make an issue from a ticket", async () => {
        await takeTicket();
        assert.equal(await page.getByLabel("Order").inputValue(), "111-0944945-3989852");
        await page.getByLabel("Type").fill("wrong item");
        await page.getByRole("button", { name: "Create" }).click();
        await page.getByRole("heading", { level: 1, name: "Issue 16" }).waitFor();
        await page.getByText("Ticket 18362").waitFor();
    });

    it("make an issue from the ticket that stands in its field, and nothing of another one", async () => {
        await takeTicket();
        assert.notEqual(await page.getByLabel("Customer", { exact: true }).inputValue(), "");
        await page.getByLabel("Ticket", { exact: true }).fill("18364");
        assert.equal(await page.getByLabel("Customer", { exact: true }).inputValue(), "", "that was of the other ticket");
        await page.getByRole("button", { name: "Look up" }).click();
        await page.getByRole("button", { name: "Use it" }).click();
        const { data: ticket } = await call(service, "GET", "/api/issue-ticket/18364?source=freshdesk");
        assert.equal(await page.getByLabel("Order").inputValue(), ticket.OrderId ?? "");
        assert.equal(await page.getByLabel("Customer", { exact: true }).inputValue(), ticket.requesterName ?? "");
        await page.reload();
        await page.getByRole("button", { name: "In use" }).waitFor();
        await page.getByLabel("Order").fill("ENTER-1");
        await page.getByLabel("Type").fill("refund");
        await page.keyboard.press("Enter");
        await page.getByText("Ticket 18364").waitFor();
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
        await isFitForEverybody(page);
        await dialog.getByLabel("Reason").fill("asked for it");
        assert.ok(await erase.isDisabled());
        await dialog.getByLabel("to confirm").fill("jo@example.com");
        await erase.click();
        await page.getByText("Erased from 3 issues.").waitFor();
        await page.getByText("Nothing is kept about this customer.").waitFor();
        assert.equal((await read(service, "1600001"))["customerName"], undefined);
        assert.doesNotMatch(page.url(), /example/);
    });

    it("don't lead away from where one has gone while an issue was created", async () => {
        await open("/console/new");
        await page.getByLabel("By hand").check();
        await page.getByLabel("Order").fill("SLOW-1");
        await page.getByLabel("Type").fill("damaged");
        const held = new Promise<() => Promise<void>>(resolve => void page.route("**/api/order-issue/create", route => resolve(() => route.continue())));
        await page.getByRole("button", { name: "Create" }).click();
        const release = await held;
        await page.getByRole("link", { name: "Settings" }).click();
        await release();
        await page.getByText(/^Issue \d+ created/).waitFor();
        assert.equal(new URL(page.url()).pathname, "/console/settings");
        await page.unroute("**/api/order-issue/create");
        await open("/console/new");
        assert.equal(await page.getByLabel("Order").inputValue(), "");
    });
});
