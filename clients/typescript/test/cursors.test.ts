import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { OrderIssueClient } from "@order-issue/client";
import { Proxy } from "./proxy.js";
import { Service } from "./service.js";

describe("Cursors", () => {
    let service: Service;
    let proxy: Proxy;
    let client: OrderIssueClient;
    before(async () => {
        service = await Service.start();
        proxy = await Proxy.start(service.url);
        client = new OrderIssueClient({ baseUrl: service.url });
        for (let hundred = 0; hundred < 10; hundred++) {
            await Promise.all(Array.from({ length: 100 }, (_, n) => report(`${hundred}${n}`)));
        }
    });
    after(async () => {
        Proxy.stopAll();
        await service.stop();
    });

    function report(OrderId: string) {
        return client.createIssue({ OrderId, source: "email", issueType: OrderId.endsWith("7") ? "seven" : "damaged" });
    }

    it("allIssues meets each of 1,000 issues once, while others are reported", async () => {
        const numbers: number[] = [];
        for await (const { issueId } of new OrderIssueClient({ baseUrl: proxy.url }).allIssues()) {
            numbers.push(Number(issueId));
            if (numbers.length % 100 === 0) {
                await report("later");
            }
        }

        assert.equal(numbers.length, 1000);
        assert.equal(new Set(numbers).size, 1000);
        assert.deepEqual(proxy.seen.map(seen => /limit=(\d+)/.exec(seen.path)?.[1]), Array(5).fill("200"));
    });

    it("allIssues keeps filters and order from page to page", async () => {
        const numbers: string[] = [];
        for await (const { issueType, issueId = "" } of client.allIssues({ issueType: "seven", sort: "createdAt", limit: 30 })) {
            assert.equal(issueType, "seven");
            numbers.push(issueId);
        }

        assert.equal(numbers.length, 100);
    });

    it("allIssues fetches no page that isn't asked for", async () => {
        const before = proxy.seen.length;
        for await (const issue of new OrderIssueClient({ baseUrl: proxy.url }).allIssues({ limit: 10 })) {
            assert.ok(issue._id);
            break;
        }

        assert.equal(proxy.seen.length, before + 1);
    });

    it("allIssues ends with its signal", async () => {
        const controller = new AbortController();
        let met = 0;
        await assert.rejects(async () => {
            for await (const _ of client.allIssues({ limit: 10, signal: controller.signal })) {
                if (++met === 10) {
                    controller.abort();
                }
            }
        }, { name: "AbortError" });
        assert.equal(met, 10);
    });

    it("pages can be gone through by hand", async () => {
        const first = await client.listIssues({ limit: 2, count: true });
        const second = await client.listIssues({ limit: 2, cursor: first.page.nextCursor });
        assert.ok((first.page.total ?? 0) >= 1000);
        assert.equal(new Set([...first.data, ...second.data].map(issue => issue._id)).size, 4);
    });
});
