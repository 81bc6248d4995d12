// What each runtime and tool does with the installed package. A redirecting service and the real one are given.
module.exports = async function smoke({ OrderIssueClient, OrderIssueError, verifyWebhook }, baseUrl, redirecting) {
    const client = new OrderIssueClient({ baseUrl });
    const { data, created } = await client.createIssue({ OrderId: "smoke", source: "email", issueType: "damaged" });
    const walked = [];
    for await (const issue of client.allIssues({ issueId: data.issueId })) {
        walked.push(issue.issueId);
    }

    const exported = [];
    for await (const issue of client.exportRows({ issueId: data.issueId })) {
        exported.push(issue.issueId);
    }

    for await (const event of client.events()) {
        if (event.data.issueId === data.issueId) {
            walked.push(event.data.issueId);
            break;
        }
    }

    const body = '{"sequence":1,"type":"order_issue.created","data":{}}';
    const headers = { "webhook-id": "evt_1", "webhook-timestamp": "1764331200", "webhook-signature": "v1,j9iPS18USMIB+Bztot/bWV6SK285ADzLWK63hpnU8qs=" };
    const { type } = await verifyWebhook(headers, body, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", { toleranceMs: Infinity });
    const failures = await Promise.all([client.getIssue("42"), new OrderIssueClient({ baseUrl: redirecting }).getIssue("1")]
        .map(call => call.catch(error => error instanceof OrderIssueError ? error.code : String(error))));
    const isSame = walked.concat(exported).join() === `${data.issueId},${data.issueId},${data.issueId}` && type === "order_issue.created";
    return [created, isSame].concat(failures).join(" ");
};
