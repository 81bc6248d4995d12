import assert from "node:assert/strict";
import { it } from "node:test";
import type { Page } from "playwright-core";
import { call, create, onEachStore, read, refuse, scrollTo, scrollToRow, type Service } from "./browser.js";

onEachStore("The queue", (prepare, store) => {
    let service: Service;
    let page: Page;
    prepare(async stage => {
        ({ service, tab: { page } } = stage);
        for (let index = 0; index < 130; index++) {
            await create(service, { assignee: index % 2 ? "Kim" : "Jo", issueType: index % 10 ? "damaged" : "wrong item", notes: index === 7 ? "A zebra mug" : "Box" });
        }
    });

    const rows = () => page.locator("table.issues tbody tr[data-index]");
    const summary = (text: string) => page.getByRole("status").filter({ hasText: text }).first().waitFor();
    const open = async (path: string) => {
        await page.goto(service.url + path);
        await rows().first().waitFor();
    };

    it("shows the newest first, and more as one scrolls", async () => {
        await open("/console/");
        await summary("130 issues");
        assert.equal(await rows().first().locator("th").innerText(), "1600130");
        await scrollToRow(page, 129);
        assert.ok(await rows().count() < 80, "only what is seen is in the page");
    });

    it("keeps filters in its address, and what may name a customer in the fragment", async () => {
        await open("/console/");
        await page.getByLabel("Type", { exact: true }).selectOption("wrong item");
        await summary("13 issues");
        assert.equal(new URL(page.url()).search, "?issueType=wrong+item");
        await page.getByPlaceholder("Search").pressSequentially("zebra", { delay: 30 });
        await page.getByText("No issue matches.").waitFor();
        await page.getByRole("button", { name: "Remove the filter Type: wrong item" }).click();
        await summary("1 issue");
        assert.deepEqual([new URL(page.url()).search, new URL(page.url()).hash], ["", "#q=zebra"]);
        await page.reload();
        await summary("1 issue");
        assert.equal(await page.getByPlaceholder("Search").inputValue(), "zebra");
    });

    it("shows what was typed last, whatever comes late", async () => {
        await open("/console/");
        await page.route("**/api/order-issue?*q=zeb&*", async route => {
            await new Promise(resolve => setTimeout(resolve, 1500));
            await route.continue().catch(() => {});
        });
        await page.getByPlaceholder("Search").fill("zeb");
        await page.waitForTimeout(300);
        await page.getByPlaceholder("Search").fill("zebra mug that nobody has");
        await page.getByText("No issue matches.").waitFor();
        await page.waitForTimeout(1800);
        assert.equal(await rows().count(), 0);
        await page.unroute("**/api/order-issue?*q=zeb&*");
    });

    it("is worked by keys", async () => {
        await open("/console/?assignee=Jo");
        await page.keyboard.press("j");
        await page.keyboard.press("j");
        await page.keyboard.press("k");
        await page.keyboard.press("j");
        assert.equal(await page.evaluate(() => document.activeElement?.textContent), "1600127");
        await page.keyboard.press("a");
        await page.getByRole("dialog", { name: "Change issue 1600127" }).waitFor();
        await page.keyboard.press("Escape");
        await page.keyboard.press("x");
        await page.getByText("1 selected").waitFor();
        await page.keyboard.press("s");
        await page.getByRole("dialog").waitFor();
        assert.equal(await page.evaluate(() => document.activeElement?.closest(".field")?.querySelector("label")?.textContent), "Status");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Shift+?");
        await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
        await page.keyboard.press("Escape");
        await page.keyboard.press("/");
        await page.keyboard.type("jx?");
        assert.equal(await page.getByPlaceholder("Search").inputValue(), "jx?");
        await page.getByPlaceholder("Search").fill("");
        await rows().nth(1).waitFor();
        await page.locator("h1").first().evaluate(() => (document.activeElement as HTMLElement).blur());
        await page.keyboard.press("j");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 1, name: /^Issue 16/ }).waitFor();
    });

    it("changes selected issues, and all that match, and tells what wasn't changed", async () => {
        const [left, right] = [await create(service, { assignee: "Bulk" }), await create(service, { assignee: "Bulk" })];
        await open("/console/?assignee=Bulk");
        await page.getByLabel(`Select issue ${left.issueId}`).check();
        await page.getByRole("button", { name: "Select all 2 that match" }).click();
        await page.getByRole("button", { name: "Change…" }).click();
        await page.getByRole("dialog").getByLabel("Status").fill("pending");
        await page.getByRole("dialog").getByLabel("Add tags").fill("recall, vip");
        await page.getByRole("button", { name: "Change 2 issues" }).click();
        await page.getByText("2 issues changed.").waitFor();
        await page.locator("tr", { hasText: right.issueId }).getByText("pending").waitFor();
        assert.deepEqual((await read(service, left.issueId))["tags"], ["recall", "vip"]);

        // One more by now: nothing is changed, and that is said.
        await page.getByLabel(`Select issue ${left.issueId}`).check();
        await page.getByRole("button", { name: "Select all 2 that match" }).click();
        await create(service, { assignee: "Bulk" });
        await page.getByRole("button", { name: "Change…" }).click();
        await page.getByRole("dialog").getByLabel("Status").fill("done");
        await page.getByRole("button", { name: "Change 2 issues" }).click();
        await page.getByText("Another number of issues matches by now.").waitFor();
        assert.equal((await read(service, left.issueId))["status"], "pending");
        await page.keyboard.press("Escape");
    });

    it("tells which of the selected issues weren't changed, and forgets the selection with the filter", async () => {
        const merged = await create(service, { assignee: "Part", OrderId: `P-${store}` });
        const survivor = await create(service, { assignee: "Part", OrderId: `P-${store}` });
        await call(service, "POST", `/api/order-issue/${merged.issueId}/merge`, { into: survivor.issueId });
        await open("/console/?assignee=Part");
        await page.getByLabel(`Select issue ${merged.issueId}`).check();
        await page.getByLabel(`Select issue ${survivor.issueId}`).check();
        await page.getByRole("button", { name: "Change…" }).click();
        await page.getByRole("dialog").getByLabel("Add tags").fill("part");
        await page.getByRole("button", { name: "Change 2 issues" }).click();
        await page.getByRole("dialog", { name: "1 issue wasn’t changed" }).getByText(`${merged.issueId}: The issue has been merged`).waitFor();
        await page.keyboard.press("Escape");
        await page.getByLabel(`Select issue ${survivor.issueId}`).check();
        await page.getByRole("link", { name: "Queue" }).click();
        await page.getByText("selected").waitFor({ state: "detached" });
        assert.equal(await page.getByRole("dialog").count(), 0);
    });

    it("saves a view for everybody, with its count, and removes it", async () => {
        await open("/console/?issueType=wrong+item&sort=createdAt");
        await page.getByRole("button", { name: "Save as view" }).click();
        await page.getByRole("dialog").getByLabel("Name").fill("Wrong <b>items</b>");
        await page.getByRole("button", { name: "Save", exact: true }).click();
        const view = page.getByRole("link", { name: "Wrong <b>items</b> 13" });
        await view.waitFor();
        await page.getByRole("link", { name: "Queue" }).click();
        await view.click();
        await summary("13 issues");
        assert.equal(await view.getAttribute("aria-current"), "page");
        await page.getByRole("button", { name: "Remove the view" }).click();
        await page.getByRole("button", { name: "Remove it" }).click();
        await view.waitFor({ state: "detached" });
        assert.deepEqual((await call(service, "GET", "/api/issue-view")).data, []);
    });

    it("asks once for a page that can't be had, and again when one says so", async () => {
        await open("/console/");
        let asked = 0;
        const pattern = "**/api/order-issue?*cursor=*";
        await page.route(pattern, route => {
            asked++;
            return refuse(route, 400, "validation_failed");
        });
        await scrollTo(page, 1e6);
        await page.getByRole("button", { name: "Try again" }).waitFor();
        await page.waitForTimeout(500);
        assert.equal(asked, 1);
        await page.unroute(pattern);
        await page.getByRole("button", { name: "Try again" }).click();
        await scrollToRow(page, 129);
    });

    it("begins at the top where another is opened", async () => {
        await open("/console/");
        await scrollTo(page, 2000);
        await page.locator('tr[data-index="60"]').waitFor();
        await page.getByLabel("Type", { exact: true }).selectOption("damaged");
        await page.getByRole("button", { name: "Remove the filter Type: damaged" }).waitFor();
        await page.locator('tr[data-index="0"]').waitFor();
        assert.equal(await page.locator(".scroller").evaluate(element => element.scrollTop), 0);
        await page.locator("h1").first().evaluate(() => (document.activeElement as HTMLElement).blur());
        await page.keyboard.press("j");
        assert.equal(await page.evaluate(() => document.activeElement?.closest("tr")?.dataset["index"]), "0");
    });

    it("leaves one out of all that match", async () => {
        await open("/console/?assignee=Jo");
        await rows().first().getByRole("checkbox").check();
        await page.getByRole("button", { name: "Select all 65 that match" }).click();
        await page.getByText("65 selected").waitFor();
        assert.equal(await page.getByLabel("Select all that are loaded").isChecked(), true);
        await scrollToRow(page, 64);
        await page.locator('tr[data-index="64"]').getByRole("checkbox").uncheck();
        await page.getByText("64 selected").waitFor();
        await page.getByRole("button", { name: "Clear" }).click();
    });

    it("changes no more at once than the service takes", async () => {
        await open("/console/");
        const { data: [issue] } = await call(service, "GET", "/api/order-issue?limit=1");
        const data = Array.from({ length: 1001 }, (_, index) => ({ ...issue, issueId: String(9_000_000 + index) }));
        const pattern = "**/api/order-issue?*limit=100*";
        await page.route(pattern, route => route.fulfill({ json: { ok: true, data, page: { limit: 100 } } }));
        await page.goto(`${service.url}/console/`);
        await rows().first().waitFor();
        await page.getByLabel("Select all that are loaded").check();
        await page.getByText("1001 selected").waitFor();
        await page.keyboard.press("a");
        await page.keyboard.press("s");
        assert.equal(await page.getByRole("dialog").count(), 0);
        await page.unroute(pattern);
    });

    it("gives the focus back to the row after a change", async () => {
        await create(service, { assignee: "Focus" });
        await open("/console/?assignee=Focus");
        await page.keyboard.press("j");
        const focused = () => page.evaluate(() => document.activeElement?.closest("tr")?.dataset["index"]);
        assert.equal(await focused(), "0");
        await page.keyboard.press("s");
        await page.getByRole("dialog").getByLabel("Status").fill("pending");
        await page.getByRole("dialog").locator('button[type="submit"]').click();
        await page.getByText("1 issue changed.").waitFor();
        await page.getByRole("dialog").waitFor({ state: "detached" });
        assert.equal(await focused(), "0");
    });

    it("leaves the focus where the agent has gone once a dialog is closed", async () => {
        await open("/console/?assignee=Jo");
        await page.keyboard.press("j");
        await page.keyboard.press("s");
        await page.getByRole("dialog").waitFor();
        await page.evaluate(() => {
            document.querySelector("dialog")!.close();
            document.getElementById("search")!.focus(); // Before the page is told of the close.
        });
        await page.getByRole("dialog").waitFor({ state: "detached" });
        await page.keyboard.type("jx");
        assert.equal(await page.getByPlaceholder("Search").inputValue(), "jx");
        await page.getByPlaceholder("Search").fill("");
    });

    it("shows a new issue to the one who comes back from creating it", async () => {
        await page.goto(`${service.url}/console/?assignee=Back`);
        await page.getByText("No issue matches.").waitFor();
        await page.keyboard.press("n");
        await page.getByLabel("Order", { exact: true }).fill(`Back-${store}`);
        await page.getByLabel("Type", { exact: true }).fill("damaged");
        await page.getByLabel("Assignee", { exact: true }).fill("Back");
        await page.getByRole("button", { name: "Create", exact: true }).click();
        await page.getByRole("heading", { level: 1, name: /^Issue 16/ }).waitFor();
        await page.waitForTimeout(1500); // The log of events has told of it by now.
        await page.locator(".crumbs a").click();
        await rows().first().getByText(`Back-${store}`).waitFor();
    });

    it("asks for those that have none, and sends no search of one letter", async () => {
        await create(service, { assignee: null, issueType: "nobody’s" });
        await open("/console/?assignee=&issueType=nobody%E2%80%99s");
        await summary("1 issue");
        await page.getByRole("button", { name: "Remove the filter Assignee: (none)" }).waitFor();
        let searches = 0;
        page.on("request", request => { searches += /[?&]q=/.test(request.url()) ? 1 : 0; });
        await page.getByPlaceholder("Search").fill("z");
        await page.waitForTimeout(400);
        assert.equal(searches, 0);
        assert.equal(await page.getByPlaceholder("Search").inputValue(), "z");
    });

    it("reads an address as it is written, and hides a customer’s in the fragment", async () => {
        const OrderId = `100% A%2FB ${store}`;
        await create(service, { OrderId, customerEmail: "odd@example.com" });
        await open(`/console/?OrderId=${encodeURIComponent(OrderId)}&customerEmail=odd%40example.com&sort=nonsense`);
        await summary("1 issue");
        const { search, hash } = new URL(page.url());
        assert.deepEqual([new URLSearchParams(search).get("OrderId"), search.includes("odd"), search.includes("sort"), hash], [OrderId, false, false, "#customerEmail=odd%40example.com"]);
    });

    it("leads from the search to what is found, however soon one asks", async () => {
        await open("/console/");
        const search = page.getByPlaceholder("Search");
        await search.fill("zebra");
        await search.press("Enter");
        await page.waitForFunction(() => document.activeElement?.closest("tr")?.dataset["index"] === "0");
        await summary("1 issue");
        assert.equal(await rows().count(), 1);
        await search.press("ArrowDown");
        assert.equal(await page.evaluate(() => document.activeElement?.closest("tr")?.dataset["index"]), "0");
    });

    it("goes on where one was, after an issue", async () => {
        await open("/console/");
        for (let step = 0; step < 41; step++) {
            await page.keyboard.press("j");
        }

        const issueId = await page.evaluate(() => document.activeElement?.textContent ?? "");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 1, name: `Issue ${issueId}` }).waitFor();
        await page.goBack();
        await page.waitForFunction(id => document.activeElement?.textContent === id, issueId);
        const next = await page.evaluate(() => document.activeElement?.closest("tr")?.nextElementSibling?.querySelector("th a")?.textContent ?? "");
        assert.notEqual(next, "");
        await page.keyboard.press("j");
        await page.waitForFunction(id => document.activeElement?.textContent === id, next);
    });

    it("asks for the agent’s name where a message is added, and takes what was typed last", async () => {
        const issue = await create(service, { assignee: "Name" });
        await open("/console/?assignee=Name");
        await page.keyboard.press("j");
        await page.keyboard.press("a");
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("Add a message to each").fill("Called back");
        assert.equal(await dialog.locator('button[type="submit"]').isDisabled(), true);
        await dialog.getByLabel("Your name").fill("Robin");
        await dialog.getByLabel("Assignee").focus();
        await page.evaluate(() => {
            const input = document.activeElement as HTMLInputElement;
            input.value = "Scanned-12345";
            input.dispatchEvent(new Event("input", { bubbles: true }));
        });
        await page.keyboard.press("Enter");
        await page.getByText("1 issue changed.").waitFor();
        const changed = await read(service, issue.issueId);
        assert.deepEqual([changed["assignee"], (changed["discussion"] as { userName: string }[])[0]?.userName], ["Scanned-12345", "Robin"]);
        await page.evaluate(() => localStorage.clear());
    });

    it("shows what others do, and moves no row for it", async () => {
        const first = await create(service, { assignee: "Live" });
        await open("/console/?assignee=Live");
        await page.waitForTimeout(500);
        await call(service, "PATCH", `/api/order-issue/${first.issueId}`, { status: "pending" });
        await page.locator("tr", { hasText: first.issueId }).getByText("pending").waitFor();
        const second = await create(service, { assignee: "Live" });
        await page.getByRole("button", { name: "Show 1 new" }).waitFor();
        assert.equal(await rows().count(), 1);
        await page.getByRole("button", { name: "Show 1 new" }).click();
        await page.locator('tr[data-index="0"]', { hasText: second.issueId }).waitFor();
    });
});
