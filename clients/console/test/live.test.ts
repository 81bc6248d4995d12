import assert from "node:assert/strict";
import { afterEach, it } from "node:test";
import type { Page } from "playwright-core";
import { call, create, onEachStore, refuse, scrollTo, scrollToRow, type Service } from "./browser.js";

onEachStore("What others do", (prepare, store) => {
    let service: Service;
    let page: Page;
    prepare(async stage => {
        ({ service, tab: { page } } = stage);
        for (let index = 0; index < 120; index++) {
            await create(service, { assignee: "Many" });
        }
    });

    afterEach(() => page.unrouteAll({ behavior: "ignoreErrors" }));

    const open = async (path: string) => {
        const isFollowed = page.waitForResponse("**/api/issue-event/stream**");
        await page.goto(service.url + path);
        await isFollowed;
    };
    const row = (index: number) => page.locator(`tr[data-index="${index}"]`);
    const patch = (issueId: string, change: Record<string, unknown>) => call(service, "PATCH", `/api/order-issue/${issueId}`, change);
    const show = (count: number) => page.getByRole("button", { name: `Show ${count} new` });

    it("tells of an issue that comes to the queue, also of one that another screen has shown", async () => {
        const { issueId } = await create(service, { assignee: `Elsewhere ${store}` });
        await open(`/console/issue/${issueId}`);
        await page.getByRole("link", { name: "Queue" }).first().click();
        await page.locator("tr", { hasText: issueId }).waitFor();
        await page.evaluate(() => {
            history.pushState(null, "", "?assignee=Moved");
            dispatchEvent(new PopStateEvent("popstate"));
        });
        await page.getByText("No issue matches.").waitFor();
        await patch(issueId, { assignee: "Moved" });
        await show(1).click();
        await row(0).getByText(issueId).waitFor();
        await patch(issueId, { assignee: "Gone" });
    });

    it("calls nothing new that stands further down and isn't loaded yet", async () => {
        await open("/console/?assignee=Many");
        await row(0).waitFor();
        const { data: [oldest] } = await call(service, "GET", "/api/order-issue?assignee=Many&sort=createdAt&limit=1");
        await patch(oldest.issueId, { priority: "high" });
        await create(service, { assignee: "Many" });
        await page.getByRole("button", { name: /^Show \d+ new/ }).waitFor();
        assert.equal(await page.getByRole("button", { name: /^Show \d+ new/ }).innerText(), "Show 1 new or changed issue");
    });

    it("keeps telling of new issues while more come", async () => {
        await open("/console/?assignee=Stream");
        await create(service, { assignee: "Stream" });
        await show(1).waitFor();
        await page.route(/issueId=.*issueId=/, async route => {
            await new Promise(resolve => setTimeout(resolve, 1500));
            await route.continue().catch(() => {});
        });
        const isAsked = page.waitForRequest(/issueId=.*issueId=/);
        await create(service, { assignee: "Stream" });
        await isAsked;
        assert.equal(await show(1).count(), 1);
        await show(2).waitFor();
    });

    it("isn't lost where it happened before the page began to listen", async () => {
        let isHeld = true;
        const { issueId } = await create(service, { assignee: "Early" });
        await page.route("**/api/issue-event**", async route => {
            while (isHeld) {
                await new Promise(resolve => setTimeout(resolve, 50));
            }

            await route.continue().catch(() => {});
        });
        await page.goto(`${service.url}/console/?assignee=Early`);
        await page.locator("tr", { hasText: issueId }).waitFor();
        await patch(issueId, { status: "pending" });
        isHeld = false;
        await page.locator("tr", { hasText: issueId }).getByText("pending").waitFor();
    });

    it("stays on the screen where a change of one's own began from something older and failed", async () => {
        const { issueId } = await create(service);
        await page.goto(`${service.url}/console/issue/${issueId}`);
        await page.getByRole("button", { name: "Edit Packer" }).click();
        await page.getByLabel("Packer").fill("Mine");
        await patch(issueId, { picker: "Theirs" });
        await page.locator("dd", { hasText: "Theirs" }).waitFor();
        const pattern = `**/api/order-issue/${issueId}`;
        await page.route(pattern, route => route.request().method() === "PATCH" ? route.abort() : route.continue());
        await page.getByLabel("Packer").press("Enter");
        await page.getByText("Not saved:").waitFor();
        await page.unroute(pattern);
        await page.locator("dd", { hasText: "Theirs" }).waitFor();
        assert.equal(await page.getByLabel("Packer").inputValue(), "Mine");
    });

    it("is told where it took the issue away", async () => {
        const { issueId } = await create(service, { assignee: "Away" });
        await open("/console/?assignee=Away");
        await page.route(`**/api/order-issue/${issueId}`, route => refuse(route, 404, "issue_not_found"));
        await row(0).getByText(issueId).click();
        await page.getByText("There is no such issue.").waitFor();
        assert.equal(await page.getByRole("heading", { name: "Details" }).count(), 0);
    });

    it("stays on the screen where a page of the queue was asked for before", async () => {
        await open("/console/?assignee=Many");
        const issueId = await row(0).locator("th").innerText();
        const answered = new Promise<void>(resolve => void page.route("**/api/order-issue?*cursor=*", async route => {
            const response = await route.fetch();
            await scrollTo(page, 0);
            await patch(issueId, { status: "pending" });
            await row(0).getByText("pending").waitFor();
            await route.fulfill({ response });
            resolve();
        }));
        await scrollTo(page, 1e6);
        await answered;
        await scrollToRow(page, 119);
        await scrollTo(page, 0);
        assert.equal(await row(0).locator("td.status").innerText(), "pending");
    });
});
