// What the compiler tells an app that has it wrong, and what it takes.
import { type ErrorCode, type IssueClient, OrderIssueClient } from "@order-issue/client";

export async function mistakes(client: IssueClient, etag: string | undefined): Promise<void> {
    // @ts-expect-error A state that may be unknown guards nothing.
    await client.patchIssue("1", { notes: null }, { ifMatch: etag });
    // @ts-expect-error There is no such order.
    await client.listIssues({ sort: "status" });
    // @ts-expect-error There is no such filter.
    await client.listIssues({ pickr: "Jane" });
    // @ts-expect-error There is no such format.
    await client.exportIssues({ format: "pdf" });
    // @ts-expect-error Issues are counted by something.
    await client.getStatistics({ status: "open" });
    // @ts-expect-error A message has an author.
    await client.addDiscussion("A", { message: "Shipped." });
    // @ts-expect-error An issue has a kind.
    await client.createIssue({ OrderId: "A", source: "email" });
    // @ts-expect-error It may be undefined.
    (await client.getIssue("1", { ifNoneMatch: '"1"' })).data;
    // @ts-expect-error Either a key or a token.
    new OrderIssueClient({ baseUrl: "https://issues.test", apiKey: "a", getToken: () => "b" });

    const words: readonly string[] = ["open", "our own"];
    await client.listIssues({ status: words, issueType: "our own", cursor: undefined, signal: undefined });
    await client.createIssue({ OrderId: 7, source: "email-de", issueType: "our own", trackingNumber: "TRK", items: [{ sku: 1, qty: "2" }], picker: null });
    await client.addDiscussion("A", { userName: "Jane", message: "Shipped." });
    await client.getStatistics({ groupBy: ["sku", "packer"] });
    const code: ErrorCode = "a code of a later service";
    const action = (await client.getHistory("1")).data[0]?.action;
    console.log(code, action === "statusChanged", action === "an action of a later service");
}
