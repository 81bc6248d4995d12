import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type EventsOptions, type IssueEvent, OrderIssueClient, OrderIssueError } from "@order-issue/client";
import { Proxy } from "./proxy.js";
import { Service } from "./service.js";

const order = { source: "email", issueType: "damaged" };

describe("A walk along the service's log", { timeout: 120_000 }, () => {
    let service: Service;
    let client: OrderIssueClient;
    before(async () => {
        service = await Service.start();
        client = new OrderIssueClient({ baseUrl: service.url });
    });
    after(async () => {
        Proxy.stopAll();
        await service.stop();
    });

    async function latest(): Promise<{ after: number; epoch: string }> {
        const { page } = await client.listEvents({ limit: 1 });
        return { after: page.latest, epoch: page.epoch };
    }

    async function take(count: number, options: EventsOptions, from = client): Promise<IssueEvent[]> {
        const events: IssueEvent[] = [];
        for await (const event of from.events(options)) {
            if (events.push(event) === count) {
                break;
            }
        }

        return events;
    }

    it("tells what happens to an issue, as it happens", async () => {
        const { after, epoch } = await latest();
        const taken = take(3, { after, epoch });
        const { data: issue } = await client.createIssue({ ...order, OrderId: "A" });
        await client.addDiscussion("A", { username: "John", message: "Hello." });
        await client.updateStatus("A", { status: "done", by: "Jane" });
        const events = await taken;
        assert.deepEqual(events.map(({ sequence, type, data }) => [sequence - after, type, data.issueId, data.version, data.status, data.resolved, data.by]), [
            [1, "order_issue.created", issue.issueId, 0, "open", false, undefined],
            [2, "order_issue.message_added", issue.issueId, 1, "open", false, "John"],
            [3, "order_issue.status_changed", issue.issueId, 2, "done", true, "Jane"],
        ]);
        assert.deepEqual((await client.listEvents({ after })).data, events);
        assert.deepEqual(await take(1, { after, types: ["order_issue.status_changed", "order_issue.erased"] }), events.slice(2));
    });

    it("loses nothing and tells nothing twice while the service is killed and started again", async () => {
        const [place, restarts, count] = [await latest(), 2, 200];
        const stop = new AbortController();
        const events: IssueEvent[] = [];
        const walked = (async () => {
            for await (const event of client.events({ ...place, signal: stop.signal })) {
                events.push(event);
            }
        })();
        walked.catch(() => {}); // It is looked at below.
        const until = async (isSo: () => boolean) => {
            while (!isSo()) {
                await Promise.race([walked, new Promise(resolve => setTimeout(resolve, 5))]);
            }
        };

        // Without a key, what was under way at a kill is simply another issue, if it was done.
        const body = JSON.stringify({ ...order, OrderId: "B" });
        const create = () => fetch(`${service.url}/api/order-issue/create`, { method: "POST", headers: { "Content-Type": "application/json" }, body });
        let created = 0;
        const writing = Promise.all(Array.from({ length: 4 }, async () => {
            while (created < count) {
                created += await create().then(({ ok }) => ok ? 1 : 0, () => new Promise<0>(resolve => setTimeout(() => resolve(0), 20)));
            }
        }));
        for (let n = 1; n <= restarts; n++) {
            await until(() => events.length >= count * n / (restarts + 1));
            await service.restart();
        }

        await writing;
        const last = (await latest()).after;
        await until(() => (events.at(-1)?.sequence ?? 0) >= last);
        stop.abort(new RangeError("Enough."));
        await assert.rejects(walked, RangeError);
        const issues = [];
        for await (const { issueId } of client.allIssues({ OrderId: "B", sort: "createdAt" })) {
            issues.push(issueId);
        }

        assert.deepEqual(events.map(({ sequence }) => sequence - place.after), events.map((_, n) => n + 1));
        assert.deepEqual(events.map(({ data }) => data.issueId).sort(), issues.sort());
        assert.ok(issues.length >= count);
    });

    it("ends where the log is another one, or doesn't go so far", async () => {
        const { after, epoch } = await latest();
        for (const options of [{ after, epoch: "another" }, { after: after + 1, epoch }, { after: after + 1 }]) {
            await assert.rejects(take(1, options), error => {
                assert.ok(error instanceof OrderIssueError);
                const { oldest, latest, epoch: named } = error.problem ?? {};
                assert.deepEqual([error.code, oldest, latest, named], ["events_expired", 1, after, epoch]);
                return true;
            });
        }
    });

    it("polls behind what holds streams back", async () => {
        const place = await latest();
        const html = { status: 200, headers: { "Content-Type": "text/plain" }, body: "" };
        const proxy = await Proxy.start(service.url, html);
        const taken = take(2, place, new OrderIssueClient({ baseUrl: proxy.url }));
        for (let n = 0; n < 2; n++) {
            await client.createIssue({ ...order, OrderId: "C" });
        }

        assert.deepEqual((await taken).map(({ sequence }) => sequence - place.after), [1, 2]);
        assert.match(proxy.seen[1]?.path ?? "", /wait=25/);
    });

    it("ends with its signal, and the service with it", async () => {
        const stop = new AbortController();
        const taken = take(1, { ...await latest(), signal: stop.signal });
        await new Promise(resolve => setTimeout(resolve, 200));
        stop.abort(new RangeError("Enough."));
        await assert.rejects(taken, RangeError);
    });
});
