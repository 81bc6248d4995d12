import assert from "node:assert/strict";
import { it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { call, create, isFitForEverybody, onEachStore, read, refuse, type Service, Tab } from "./browser.js";

const hostile = `<img src=x onerror="document.title='taken'"> "quoted" & \u202Eright-to-left نور`;

onEachStore("An issue", (prepare, store) => {
    let browser: Browser;
    let service: Service;
    let page: Page;
    prepare(async stage => {
        ({ browser, service, tab: { page } } = stage);
        await page.goto(`${service.url}/console/settings`);
        await page.getByLabel("Your name").fill("Kim");
        await page.getByLabel("Your name").blur();
    });

    const open = async (issueId: string, on = page) => {
        await on.goto(`${service.url}/console/issue/${issueId}`);
        await on.getByRole("heading", { name: "Details" }).waitFor();
    };

    it("takes messages, and keeps what isn't sent over a reload", async () => {
        const { issueId } = await create(service);
        await open(issueId);
        await page.getByLabel("New message").fill("Customer called.\nWants a new one.");
        await page.reload();
        assert.equal(await page.getByLabel("New message").inputValue(), "Customer called.\nWants a new one.");
        await page.getByLabel("New message").press("Control+Enter");
        await page.locator(".discussion li", { hasText: "Wants a new one." }).waitFor();
        assert.equal(await page.getByLabel("New message").inputValue(), "");
        assert.equal(((await read(service, issueId))["discussion"] as { userName: string }[])[0]?.userName, "Kim");
        await page.reload();
        await page.locator(".discussion li", { hasText: "Kim" }).waitFor();
        assert.equal(await page.getByLabel("New message").inputValue(), "");
    });

    it("says that a message wasn't sent, and sends it once", async () => {
        const { issueId } = await create(service);
        await open(issueId);
        await page.getByLabel("New message").fill("Only once");
        let answers = 0;
        await page.route("**/api/order-issue/discussion/**", async route => {
            await route.fetch(); // The service has it; the answer is lost.
            answers++;
            await route.abort();
        });
        await page.getByRole("button", { name: "Send" }).click();
        await page.getByText("Not sent:").waitFor();
        assert.ok(answers > 0);
        await page.unroute("**/api/order-issue/discussion/**");
        await page.reload();
        await page.getByRole("button", { name: "Send" }).click();
        await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>(".composer textarea")?.value === "");
        assert.equal(((await read(service, issueId))["discussion"] as unknown[]).length, 1);
    });

    it("changes its status at once, and takes it back where that fails", async () => {
        const { issueId } = await create(service);
        await open(issueId);
        const done = page.getByRole("button", { name: "done", exact: true });
        await done.click();
        await page.locator(".timeline li", { hasText: "Status changed" }).waitFor();
        assert.equal((await read(service, issueId))["status"], "done");

        await page.route("**/api/order-issue/update/**", route => route.abort());
        await page.getByRole("button", { name: "pending", exact: true }).click();
        await page.getByText("Not saved:").waitFor();
        assert.equal(await done.getAttribute("aria-pressed"), "true");
        await page.unroute("**/api/order-issue/update/**");
    });

    it("changes a field where it stands, and says what is wrong with it", async () => {
        const { issueId } = await create(service, { items: [{ sku: "A", qty: 1 }] });
        await open(issueId);
        await page.getByRole("button", { name: "Edit Customer’s e-mail" }).click();
        const address = page.getByLabel("Customer’s e-mail");
        await address.fill("nonsense");
        await address.press("Enter");
        await page.locator(".field .error").waitFor();
        await address.fill("jo@example.com");
        await address.press("Enter");
        await page.locator("dd", { hasText: "jo@example.com" }).first().waitFor();
        assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Edit Customer’s e-mail");

        await page.getByRole("button", { name: "Edit Items" }).click();
        await page.getByRole("button", { name: "Add an item" }).click();
        await page.getByLabel("SKU").nth(1).fill("B-2");
        await page.getByLabel("Quantity").nth(1).fill("3");
        await page.getByRole("button", { name: "Save" }).click();
        await page.locator("dd", { hasText: "3 × B-2" }).waitFor();
        assert.deepEqual((await read(service, issueId))["items"], [{ sku: "A", qty: 1 }, { sku: "B-2", qty: 3 }]);
        await page.locator(".timeline li", { hasText: "Edited" }).first().waitFor();
    });

    it("stays in the editor until it is saved, whatever is pressed meanwhile", async () => {
        const { issueId } = await create(service);
        await open(issueId);
        const pattern = `**/api/order-issue/${issueId}`;
        await page.route(pattern, async route => {
            if (route.request().method() !== "PATCH") {
                return route.continue();
            }

            await new Promise(resolve => setTimeout(resolve, 800));
            await refuse(route, 400, "validation_failed", { packer: ["No such packer."] });
        });
        await page.getByRole("button", { name: "Edit Packer" }).click();
        await page.getByLabel("Packer").fill("Nobody");
        await page.keyboard.press("Enter");
        await page.locator('.editing [aria-busy="true"]').waitFor();
        await page.keyboard.press("Escape");
        await page.getByText("No such packer.").waitFor();
        assert.equal(await page.getByLabel("Packer").inputValue(), "Nobody");
        assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).value), "Nobody");
        await page.unroute(pattern);
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Edit Packer" }).waitFor();
    });

    it("takes the last item away, beside another issue of the order", async () => {
        const { issueId, OrderId } = await create(service, { items: [{ sku: "A", qty: 1 }] });
        await create(service, { OrderId });
        await open(issueId);
        await page.getByText("possible duplicate").waitFor();
        await page.getByRole("button", { name: "Edit Items" }).click();
        await page.getByLabel("SKU").fill("");
        await page.getByLabel("Quantity").fill("");
        await page.getByRole("button", { name: "Save" }).click();
        await page.getByRole("button", { name: "Edit Items" }).waitFor();
        assert.deepEqual((await read(service, issueId))["items"], []);
        await page.getByRole("heading", { name: "Details" }).waitFor();
    });

    it("keeps what was typed where the agent decides nothing yet in a conflict", async () => {
        const { issueId } = await create(service, { notes: "Old" });
        await open(issueId);
        await page.getByRole("button", { name: "Edit Notes" }).click();
        await page.getByLabel("Notes").fill("A long text of mine");
        await call(service, "PATCH", `/api/order-issue/${issueId}`, { notes: "Theirs" });
        await page.getByRole("button", { name: "Save" }).click();
        const dialog = page.getByRole("dialog", { name: "Notes was changed by somebody else" });
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
        assert.equal(await page.getByRole("textbox", { name: "Notes" }).inputValue(), "A long text of mine");
        await page.getByRole("button", { name: "Save" }).click();
        await dialog.getByRole("button", { name: "Keep theirs" }).click();
        await page.locator("dd", { hasText: "Theirs" }).waitFor();
    });

    it("refuses an amount that can be read in two ways", async () => {
        const { issueId } = await create(service);
        await open(issueId);
        await page.getByRole("button", { name: "Edit Cost" }).click();
        await page.getByLabel("Amount").fill("1,200");
        await page.getByLabel("Currency").fill("eur");
        await page.keyboard.press("Enter");
        await page.locator(".field .error").waitFor();
        await page.getByLabel("Amount").fill("12,5");
        await page.keyboard.press("Enter");
        await page.getByRole("button", { name: "Edit Cost" }).waitFor();
        assert.deepEqual((await read(service, issueId))["cost"], { amount: 12.5, currency: "EUR" });
    });

    it("keeps a time to the second", async () => {
        const { issueId, __v } = await create(service, { dueAt: "2030-01-31T10:20:33Z" });
        await open(issueId);
        await page.getByRole("button", { name: "Edit Due" }).click();
        await page.getByRole("button", { name: "Save" }).click();
        await page.getByRole("button", { name: "Edit Due" }).click();
        assert.equal((await read(service, issueId)).__v, __v, "nothing was changed");
        await page.getByLabel("Due").fill("2030-02-01T10:20:34");
        await page.getByRole("button", { name: "Save" }).click();
        await page.locator(".timeline li", { hasText: "Edited" }).waitFor();
        assert.match(String((await read(service, issueId))["dueAt"]), /T\d\d:20:34/);
    });

    it("lets the agent choose where two have changed a field, and takes others as they are", async () => {
        const { issueId } = await create(service, { packer: "Ann" });
        await open(issueId);
        const other = await Tab.open(browser, service, `/console/issue/${issueId}`);
        await other.page.route("**/api/issue-event**", route => route.abort());
        await other.page.reload();
        await other.page.getByRole("button", { name: "Edit Packer" }).click();
        await call(service, "PATCH", `/api/order-issue/${issueId}`, { picker: "Zoe" });
        await other.page.getByLabel("Packer").fill("Bea");
        await other.page.getByLabel("Packer").press("Enter");
        await page.locator("dd", { hasText: "Bea" }).waitFor(); // Another field didn't matter, and the first tab follows.

        await other.page.getByRole("button", { name: "Edit Packer" }).click();
        await call(service, "PATCH", `/api/order-issue/${issueId}`, { packer: "Cid" });
        await other.page.getByLabel("Packer").fill("Dan");
        await other.page.getByLabel("Packer").press("Enter");
        const dialog = other.page.getByRole("dialog");
        await dialog.getByText("Cid").waitFor();
        await dialog.getByText("Dan").waitFor();
        await isFitForEverybody(other.page);
        await dialog.getByRole("button", { name: "Save mine" }).click();
        await page.locator("dd", { hasText: "Dan" }).waitFor();
        assert.equal((await read(service, issueId))["packer"], "Dan");
        await other.close();
    });

    it("shows the ticket beside it, and lives without", async () => {
        const { issueId } = await create(service, { source: "freshdesk", ticketId: "18362" });
        const lost = await create(service, { source: "freshdesk", ticketId: "404404" });
        await open(issueId);
        await page.getByText("opening").waitFor();
        await open(lost.issueId);
        await page.getByText("There is no such ticket.").waitFor();
    });

    it("says that there is none, also at an address that can't be read", async () => {
        for (const part of ["1", "a%2Fb", "%E0%A4%A"]) {
            await page.goto(`${service.url}/console/issue/${part}`);
            await page.getByText("There is no such issue.").waitFor();
        }
    });

    it("finds other issues of the order and of the customer, and merges a duplicate", async () => {
        const [OrderId, customerEmail] = [`M-${process.pid}-${store}`, "merge@example.com"];
        const survivor = await create(service, { OrderId, customerEmail });
        const duplicate = await create(service, { OrderId });
        const elsewhere = await create(service, { customerEmail });
        await call(service, "PUT", `/api/order-issue/discussion/${OrderId}?issueId=${duplicate.issueId}`, { username: "Jo", message: "The same again" });
        await open(survivor.issueId);
        await page.getByRole("link", { name: elsewhere.issueId }).waitFor();
        await page.getByText("possible duplicate").waitFor();
        await page.getByRole("button", { name: "Merge…" }).click();
        await page.getByRole("dialog").waitFor();
        await isFitForEverybody(page);
        await page.getByRole("button", { name: "Merge", exact: true }).click();
        await page.locator(".discussion li", { hasText: "The same again" }).waitFor();
        await open(duplicate.issueId);
        await page.getByText(`Merged into ${survivor.issueId}.`).first().waitFor();
        assert.equal(await page.getByRole("button", { name: "Edit Packer" }).count(), 0);
    });

    it("shows customers' texts as texts", async () => {
        const texts = ["customerName", "notes", "assignee", "picker", "packer", "palletter", "issueType", "createdBy"];
        const issue = await create(service, {
            ...Object.fromEntries(texts.map(name => [name, hostile])), tags: [hostile.replaceAll(",", " ").slice(0, 50)],
            items: [{ sku: hostile.slice(0, 40), qty: 1 }], trackingNumber: [hostile.slice(0, 40)],
        });
        await call(service, "PUT", `/api/order-issue/discussion/${encodeURIComponent(issue.OrderId)}?issueId=${issue.issueId}`, { username: hostile, message: hostile });
        for (const path of [`/console/issue/${issue.issueId}`, `/console/?issueId=${issue.issueId}`, "/console/insights"]) {
            await page.goto(service.url + path);
            await page.getByText("<img src=x").locator("visible=true").first().waitFor();
            assert.equal(await page.locator("img").count(), 0);
            assert.notEqual(await page.title(), "taken");
        }

        const arabic = await create(service, { customerName: "نور الدين" });
        await open(arabic.issueId);
        const direction = (selector: string) => page.locator(selector).first().evaluate(element => getComputedStyle(element).direction);
        assert.deepEqual([await direction('dd span:text("نور الدين")'), await direction("dd"), await direction("body")], ["rtl", "ltr", "ltr"]);
    });
});
