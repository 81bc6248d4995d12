// What each runtime and tool does with the installed package. A redirecting service and the real one are given.
module.exports = async function smoke({ OrderIssueClient, OrderIssueError }, baseUrl, redirecting) {
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

    const failures = await Promise.all([client.getIssue("42"), new OrderIssueClient({ baseUrl: redirecting }).getIssue("1")]
        .map(call => call.catch(error => error instanceof OrderIssueError ? error.code : String(error))));
    const isSame = walked.concat(exported).join() === `${data.issueId},${data.issueId}`;
    return [created, isSame].concat(failures).join(" ");
};
