// Makes the pictures of docs/screens: npm run pictures
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { call, create, launch, Service, Tab } from "./browser.js";

const folder = resolve("../../../docs/screens");
const pick = <T>(values: readonly T[], index: number): T => values[index % values.length]!;
const day = 86_400_000;

mkdirSync(folder, { recursive: true });
const [browser, service] = await Promise.all([launch(), Service.start()]);
const people = ["Jane Doe", "Li Wei", "Omar Haddad", "Zoë Krüger"];
for (let index = 0; index < 60; index++) {
    const issue = await create(service, {
        OrderId: `111-09${44900 + index}-${3989852 + (index % 50)}`, issueType: pick(["wrong item", "damaged", "missing item", "wrong item", "delivery issue"], index),
        items: [{ sku: pick(["MUG-BLUE", "LAMP-OAK", "MUG-BLUE", "SHIRT-M", "KETTLE-17", "MUG-BLUE", "TOY-BEAR"], index), qty: 1 + index % 2 }],
        picker: pick(people, index), packer: pick(people, index * 3 + 1), palletter: pick(people, index + 2), customerName: pick(["Maria Santos", "Anna Vogel", "Tom O’Neil", "Pavel Novák", "Priya Nair"], index),
        customerEmail: `customer${index % 25}@example.com`, assignee: pick(["Kim", "Sam", undefined], index), priority: pick([undefined, "high", undefined, "urgent"], index),
        tags: pick([undefined, ["vip"], undefined, ["recall"]], index), dueAt: new Date(Date.now() + (index % 9 - 3) * day).toISOString(),
        fault: pick(["warehouse", "carrier", "supplier"], index), cost: { amount: 4.5 + index % 7, currency: "EUR" }, createdBy: "Sam", notes: "Box was wet.",
    });
    if (index % 4 === 0) {
        await call(service, "PUT", `/api/order-issue/discussion/${issue.OrderId}?issueId=${issue.issueId}`, { username: "Kim", message: "Customer called. A replacement is on its way." });
        await call(service, "PUT", `/api/order-issue/update/${issue.OrderId}?issueId=${issue.issueId}`, { status: index % 8 ? "pending" : "done", by: "Kim" });
    }
}

for (const [name, query] of [["Overdue", "overdue=true"], ["Open, nobody’s", "status=open&assignee="], ["Damaged", "issueType=damaged"]] as const) {
    await call(service, "PUT", `/api/issue-view/${encodeURIComponent(name)}`, { query });
}

const pictures: [name: string, path: string, width: number, height: number, colorScheme: "light" | "dark"][] = [
    ["queue", "/console/", 1440, 820, "light"],
    ["issue", "/console/issue/1600057", 1440, 820, "light"],
    ["new", "/console/new", 1440, 820, "light"],
    ["insights", "/console/insights", 1440, 820, "dark"],
    ["customers", "/console/customers", 1440, 500, "light"],
    ["queue-narrow", "/console/", 360, 740, "light"],
];
for (const [name, path, width, height, colorScheme] of pictures) {
    const tab = await Tab.open(browser, service, path, { viewport: { width, height }, colorScheme });
    await tab.page.waitForFunction(() => document.querySelector("h1") !== null && !document.body.innerText.includes("Loading…"));
    await tab.page.waitForTimeout(500);
    await tab.page.screenshot({ path: `${folder}/${name}.png` });
    await tab.close();
}

await browser.close();
await service.stop();
