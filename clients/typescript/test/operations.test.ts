import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { type CreateIssueRequest, OrderIssueClient, OrderIssueError } from "@order-issue/client";
import { Service } from "./service.js";

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe("Operations", () => {
    let service: Service;
    let client: OrderIssueClient;
    before(async () => {
        service = await Service.start();
        client = new OrderIssueClient({ baseUrl: service.url });
    });
    after(() => service.stop());

    function order(): CreateIssueRequest & { OrderId: string } {
        return { OrderId: randomUUID(), source: "email", issueType: "damaged" };
    }

    it("createIssue answers with the issue as it is on the wire", async () => {
        const shipped = "2025-11-17T08:00:00.000Z";
        const { ok, data, etag, replayed, status, created, headers } = await client.createIssue({ ...order(), shipped_at: shipped, items: [{ sku: "MUG-BLUE-2", qty: 2 }] });
        assert.equal(ok, true);
        assert.match(data._id, /^[0-9a-f]{24}$/);
        assert.match(data.issueId ?? "", /^16\d{5}$/);
        assert.equal(data.shipped_at, shipped);
        assert.match(data.createdAt ?? "", time);
        assert.deepEqual(data.items, [{ sku: "MUG-BLUE-2", qty: 2 }]);
        assert.equal("picker" in data, false);
        assert.match(etag ?? "", /^"0-\d+"$/);
        assert.deepEqual([replayed, status, created], [false, 201, true]);
        assert.equal(headers.get("Location"), `/api/order-issue/${data.issueId}`);
    });

    it("createIssue makes one issue of one key, and two of two calls", async () => {
        const body = order();
        const idempotencyKey = randomUUID();
        const first = await client.createIssue(body, { idempotencyKey });
        const again = await client.createIssue(body, { idempotencyKey });
        const other = await client.createIssue(body);
        assert.deepEqual([again.data, again.etag, again.replayed, first.replayed], [first.data, first.etag, true, false]);
        assert.notEqual(other.data._id, first.data._id);
    });

    it("updateStatus changes the newest issue of an order, or the one that is named", async () => {
        const body = order();
        const older = await client.createIssue(body);
        const newer = await client.createIssue(body);
        const done = await client.updateStatus(body.OrderId, { status: "done", by: "Jane" });
        assert.equal(done.data._id, newer.data._id);
        assert.match(done.data.issueResolvedAt ?? "", time);
        const pending = await client.updateStatus(body.OrderId, { status: "pending" }, { issueId: older.data.issueId });
        assert.equal(pending.data._id, older.data._id);
    });

    it("addDiscussion adds a message, once for each call", async () => {
        const { OrderId } = (await client.createIssue(order())).data;
        const message = { username: "John Agent", message: "Replacement\nshipped." };
        await client.addDiscussion(OrderId, message);
        const { data } = await client.addDiscussion(OrderId, message);
        assert.deepEqual(data.discussion.map(said => [said.userName, said.message]), Array(2).fill(["John Agent", "Replacement\nshipped."]));
        assert.match(data.discussion[0]?.created_at ?? "", time);
    });

    it("getTicket looks a ticket up", async () => {
        const { data } = await client.getTicket("18362", { source: "freshdesk" });
        assert.equal(data.product_id, 154000093699);
        assert.equal(data.created_at, "2025-11-19T22:36:28.000Z");
    });

    it("createIssueFromTicket makes the issue of a ticket, and answers with that from then on", async () => {
        const body = { source: "freshdesk", ticketId: "18365", issueType: "late" };
        const { data, etag, replayed, created } = await client.createIssueFromTicket(body);
        assert.deepEqual([data.OrderId, data.customerName, data.customerReachedAt], ["576653688135258178", "Aylin", "2025-11-15T11:27:09.000Z"]);
        assert.deepEqual([replayed, created], [false, true]);
        const again = await client.createIssueFromTicket(body);
        assert.deepEqual([again.data, again.etag, again.created, again.status], [data, etag, false, 200]);
        assert.deepEqual((await client.listIssues({ ticketId: "18365" })).data, [{ ...data, _etag: etag }]);
    });

    it("createIssueFromTicket gives the first answer again to the same key", async () => {
        const body = { source: "freshdesk", ticketId: "18364", issueType: "damaged" };
        const idempotencyKey = randomUUID();
        const first = await client.createIssueFromTicket(body, { idempotencyKey });
        await client.patchIssue(first.data.issueId ?? "", { notes: "Box was wet." });
        const again = await client.createIssueFromTicket(body, { idempotencyKey });
        assert.deepEqual([again.data, again.etag, again.replayed], [first.data, first.etag, true]);
        assert.equal((await client.createIssueFromTicket(body)).data.notes, "Box was wet.");
    });

    it("getIssue reads an issue, and nothing where it is known already", async () => {
        const { data: { issueId = "" }, etag } = await client.createIssue(order());
        const read = await client.getIssue(issueId);
        assert.equal(read.etag, etag);
        assert.equal(await client.getIssue(issueId, { ifNoneMatch: etag }), undefined);
        await client.patchIssue(issueId, { notes: "Box was wet." });
        const changed = await client.getIssue(issueId, { ifNoneMatch: etag });
        assert.equal(changed?.data.notes, "Box was wet.");
    });

    it("patchIssue changes what is in it, and removes what is null", async () => {
        const { data: { issueId = "" } } = await client.createIssue({ ...order(), picker: "John", packer: "Jane" });
        const { data } = await client.patchIssue(issueId, { picker: null, items: [{ sku: "A", qty: 1 }] });
        assert.equal(data.picker, undefined);
        assert.equal(data.packer, "Jane");
        assert.equal(data.items[0]?.qty, 1);
    });

    it("a change with ifMatch takes effect only in that state", async () => {
        const { data: { OrderId, issueId = "" }, etag: first = "" } = await client.createIssue(order());
        const { etag: second = "" } = await client.updateStatus(OrderId, { status: "pending" }, { ifMatch: first });
        const { etag: third = "" } = await client.addDiscussion(OrderId, { username: "a", message: "b" }, { ifMatch: second });
        const { data, etag: fourth } = await client.patchIssue(issueId, { packer: "Jane" }, { ifMatch: third });
        assert.equal(new Set([first, second, third, fourth]).size, 4);
        assert.equal(data.__v, 3);
        for (const stale of [
            () => client.updateStatus(OrderId, { status: "done" }, { ifMatch: first }),
            () => client.addDiscussion(OrderId, { username: "a", message: "c" }, { ifMatch: first }),
            () => client.patchIssue(issueId, { packer: "Jim" }, { ifMatch: first }),
        ]) {
            await assert.rejects(stale, (error: OrderIssueError) => error.code === "precondition_failed" && error.status === 412);
        }
    });

    it("getHistory tells what happened", async () => {
        const { data: { OrderId, issueId = "" } } = await client.createIssue({ ...order(), createdBy: "Jim" });
        await client.updateStatus(OrderId, { status: "done", by: "Jane" });
        const { data } = await client.getHistory(issueId);
        assert.deepEqual(data.map(entry => entry.by), ["Jim", "Jane"]);
        assert.match(data[0]?.at ?? "", time);
        assert.equal(data[1]?.changes.find(change => change.field === "status")?.to, "done");
    });

    it("listIssues takes every filter by its name", async () => {
        const mine = { ...order(), ticketId: "T 1&2", trackingNumber: ["TRK+1"], items: [{ sku: "Ü/1", qty: 1 }], picker: "P", packer: "Q", palletter: "R", customerEmail: "a@example.com", createdBy: "S", notes: "100 % wet" };
        const { data: issue, etag } = await client.createIssue(mine);
        await client.createIssue(order());
        const { data, page } = await client.listIssues({
            OrderId: mine.OrderId, issueId: issue.issueId, ticketId: mine.ticketId, status: ["open", "done"], channel: "email", source: "email", issueType: "damaged", sku: "Ü/1",
            trackingNumber: "TRK+1", picker: "P", packer: "Q", palletter: "R", customerEmail: "a@example.com", createdBy: "S", q: "100 % WET",
            createdFrom: issue.createdAt, createdTo: "2099-01-01", updatedFrom: issue.updatedAt, updatedTo: "2099-01-01", sort: "-updatedAt", limit: 7, count: true,
        });
        assert.deepEqual(data, [{ ...issue, _etag: etag }]);
        assert.deepEqual(page, { limit: 7, total: 1 });
        for (const otherwise of [
            { ticketId: "x" }, { status: "x" }, { channel: "x" }, { source: "x" }, { issueType: "x" }, { sku: "x" }, { trackingNumber: "x" }, { picker: "x" }, { packer: "x" }, { palletter: "x" },
            { customerEmail: "x" }, { createdBy: "x" }, { q: "xxx" }, { issueId: "1" }, { createdFrom: "2099-01-01" }, { createdTo: "2001-01-01" }, { updatedFrom: "2099-01-01" }, { updatedTo: "2001-01-01" },
        ]) {
            assert.deepEqual((await client.listIssues({ OrderId: mine.OrderId, ...otherwise })).data, [], JSON.stringify(otherwise));
        }
    });

    it("pages and rows of an export give what the list does; a state of a row guards a change", async () => {
        const { data: { OrderId } } = await client.createIssue(order());
        for (let count = 1; count < 5; count++) {
            await client.createIssue({ ...order(), OrderId });
        }

        const { data: listed } = await client.listIssues({ OrderId });
        const sizes: number[] = [];
        let cursor: string | undefined;
        for await (const { data, page } of client.pages({ OrderId, limit: 2 })) {
            sizes.push(data.length);
            cursor ??= page.nextCursor;
        }

        const rest: string[] = [];
        for await (const { _id } of client.allIssues({ OrderId, limit: 2, cursor })) {
            rest.push(_id);
        }

        const rows: string[] = [];
        for await (const { _id } of client.exportRows({ OrderId })) {
            rows.push(_id);
        }

        assert.deepEqual(sizes, [2, 2, 1]);
        assert.deepEqual(rest, listed.slice(2).map(({ _id }) => _id));
        assert.deepEqual(rows.sort(), listed.map(({ _id }) => _id).sort());
        const [{ issueId = "", _etag = "" } = {}] = listed;
        await client.patchIssue(issueId, { picker: "a" }, { ifMatch: _etag });
        await assert.rejects(client.patchIssue(issueId, { picker: "b" }, { ifMatch: _etag }), { code: "precondition_failed" });
    });

    it("getVocabulary tells statuses and other words, getSession who calls", async () => {
        const vocabulary = (await client.getVocabulary()).data;
        assert.deepEqual(vocabulary.statuses.filter(status => status.resolved), [{ status: "done", resolved: true }]);
        assert.deepEqual(vocabulary.priorities, ["low", "normal", "high", "urgent"]);
        assert.equal((await client.getSession()).data.anonymous, true);
    });

    it("putView saves a query, listViews counts its issues, deleteView removes it", async () => {
        const name = `a/b ${crypto.randomUUID()}`;
        const { data: { OrderId } } = await client.createIssue(order());
        const query = new URLSearchParams({ OrderId, status: "open" }).toString();
        assert.equal((await client.putView(name, { query: "status=open" })).created, true);
        assert.deepEqual((await client.putView(name, { query })).data, { name, query });
        assert.deepEqual((await client.listViews({ count: true })).data.filter(view => view.name === name), [{ name, query, count: 1 }]);
        assert.equal((await client.deleteView(name)).status, 204);
        assert.deepEqual((await client.listViews()).data.filter(view => view.name === name), []);
    });

    it("getStatistics counts", async () => {
        const { data: { OrderId } } = await client.createIssue({ ...order(), items: [{ sku: "A", qty: 2 }, { sku: "B", qty: 1 }] });
        const { data } = await client.getStatistics({ groupBy: "sku", OrderId });
        assert.equal(data.units, 3);
        assert.deepEqual(data.groups.map(group => [group.key, group.units]).sort(), [["A", 2], ["B", 1]]);
        const two = await client.getStatistics({ groupBy: ["sku", "issueType"], OrderId });
        assert.deepEqual(two.data.groups.map(group => group.keys).sort(), [["A", "damaged"], ["B", "damaged"]]);
    });

    it("exportIssues answers with a file that can be streamed", async () => {
        const { data: issue } = await client.createIssue(order());
        const csv = await client.exportIssues({ format: "csv", OrderId: issue.OrderId });
        assert.match(csv.headers.get("Content-Disposition") ?? "", /^attachment; filename="?order-issues-.*\.csv/);
        assert.equal((await csv.text()).trim().split("\r\n").length, 2);
        const ndjson = await client.exportIssues({ format: "ndjson", OrderId: issue.OrderId });
        assert.deepEqual(JSON.parse(await ndjson.text()), issue);
        const xlsx = await client.exportIssues({ format: "xlsx", OrderId: issue.OrderId });
        assert.equal((await xlsx.blob()).type, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    });

    it("an order may have any characters", async () => {
        for (const OrderId of ["A/B", "A%2FB", "a b+c?d#e&f", "日本", "...", "%", "\\"]) {
            const { data } = await client.createIssue({ ...order(), OrderId });
            assert.equal((await client.updateStatus(OrderId, { status: "done" })).data._id, data._id);
            assert.equal((await client.listIssues({ OrderId })).data[0]?._id, data._id);
        }
    });

    it("a path that would be another operation's isn't called", async () => {
        for (const issueId of ["", ".", ".."]) {
            await assert.rejects(client.getIssue(issueId), TypeError);
        }
    });

    it("baseUrl may end with a slash", async () => {
        const { data } = await new OrderIssueClient({ baseUrl: `${service.url}/` }).createIssue(order());
        assert.ok(data._id);
    });
});
