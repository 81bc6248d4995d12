using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrderIssues.Domain.Tickets;
using OrderIssues.TestCommon;
using OrderIssues.WebApi.FunctionalTests.Fakes;
using OrderIssues.WebApi.FunctionalTests.Hosting;

namespace OrderIssues.WebApi.FunctionalTests.HostileInput;

/// <summary>A service of a test's own, with an issue for each operation to act on, that sees whether anything is stored.</summary>
internal sealed partial class HostileTarget : IDisposable
{
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly Service service;
    private readonly Dictionary<string, Answer> issues = [];
    private int lastNumber;

    /// <summary>Whether any id is that of a ticket. Else none is.</summary>
    private bool hasTickets;

    private HostileTarget(StoreKind store) => service = Service.On(store, FakeTickets.Only(new FakeTickets(id => hasTickets ? Ticket(id) : null)), [.. Shared.WebhookSettings]);

    public IReadOnlyList<DescribedOperation> Operations { get; private set; } = [];

    private Api Api => service.Api;

    public static async Task<HostileTarget> StartAsync(StoreKind store)
    {
        var target = new HostileTarget(store);
        target.Operations = await DescribedOperation.ReadAllAsync(target.Api);
        foreach (var operation in target.Operations)
        {
            var issue = (await target.Api.CreateAsync(Api.Minimal(operation.Name))).Succeeded(HttpStatusCode.Created);
            target.issues[operation.Name] = issue;
            target.lastNumber = int.Parse(issue.IssueId, null);
        }

        return target;
    }

    /// <summary>A request that is fine but for its target, which goes out as it is, and its body, if one is given.</summary>
    public static HttpRequestMessage Request(Api api, DescribedOperation operation, string target, byte[]? body = null) =>
        Request(api, operation, target, new HostileBody("", valid => body ?? valid, null));

    /// <summary>A request that is fine but for its target.</summary>
    public HttpRequestMessage Request(DescribedOperation operation, string target) => Request(Api, operation, target);

    /// <summary>A request that is fine but for this body.</summary>
    public HttpRequestMessage Request(DescribedOperation operation, HostileBody body) =>
        Request(Api, operation, operation.PathTo(issues[operation.Name]), body);

    /// <summary>
    /// Asserts that the operation takes the body and stores one issue or one change. What it answers; null: the assertion failed.
    /// </summary>
    public async Task<Answer?> TakesAsync(DescribedOperation operation, HostileBody body)
    {
        var about = $"{body} to {operation}";
        hasTickets = true;
        var answer = await Api.SendAsync(Request(operation, body));
        hasTickets = false;
        var isNew = operation.IsOfViews ? answer.Status == HttpStatusCode.Created : !operation.HasPathParameter && !operation.IsOfMany;
        var status = isNew ? HttpStatusCode.Created : HttpStatusCode.OK;
        Assert.That(answer.Status, Is.EqualTo(status), $"{about}: {answer.Text}");
        if (answer.Status != status)
        {
            return null;
        }

        if (operation.IsOfMany)
        {
            // The issue that its example names is that of another operation.
            var (owner, changed) = issues.Single(issue => issue.Value.IssueId == answer.Succeeded().Issues.First()!["issueId"]!.ToString());
            return issues[owner] = await Api.GetAsync($"/api/order-issue/{changed.IssueId}");
        }

        if (operation.IsOfWebhooks || operation.IsOfViews)
        {
            await StillHasAsync(operation, about);
            return answer.Succeeded(status);
        }

        var number = operation.HasPathParameter ? issues[operation.Name].IssueId : $"{lastNumber + 1}";
        Assert.That(answer.Succeeded(status).IssueId, Is.EqualTo(number), $"{about}: something else was stored before");
        Assert.That((await Api.GetAsync($"/api/order-issue/{answer.IssueId}")).DataText, Is.EqualTo(answer.DataText), about);
        if (operation.HasPathParameter)
        {
            issues[operation.Name] = answer;
        }
        else
        {
            lastNumber = int.Parse(answer.IssueId, null);
        }

        if (operation.IsOnceForTicket)
        {
            // So that the ticket has no issue when the next body comes.
            (await Api.SendAsync(HttpMethod.Patch, $"/api/order-issue/{answer.IssueId}", """{"ticketId":"another one"}""")).Succeeded();
        }

        return answer;
    }

    /// <summary>Asserts that the operation refuses the request with this code, for these fields, and leaves its issue as it is.</summary>
    public async Task RefusesAsync(
        DescribedOperation operation, HttpRequestMessage request, string code, string what, IEnumerable<string>? errors = null)
    {
        var about = $"{what} to {operation}";
        var answer = await Api.SendAsync(request);
        var status = code == "route_not_found" ? 404 : operation.Failures.First(failure => failure.Code == code).Status;
        var expected = ((HttpStatusCode)status, code);
        var actual = (answer.Status, CodeOf(answer.Text));
        Assert.That(actual, Is.EqualTo(expected), $"{about}: {answer.Text}");
        if (actual == expected)
        {
            answer.Failed(answer.Status, code);
            Assert.That(answer.Body["errors"] is null ? [] : answer.ErrorFields, Is.EquivalentTo(errors ?? []), about);
        }

        await StillHasAsync(operation, about);
    }

    /// <summary>Asserts that the operation finds what has just the filter's value, but for blanks at its ends, unless it refuses the value.</summary>
    public async Task FindsOnlyAsync(DescribedOperation operation, HttpRequestMessage request, string filter, string value)
    {
        var about = $"{request.RequestUri} to {operation}";
        var answer = await Api.SendAsync(request);
        if (answer.Status == HttpStatusCode.OK)
        {
            var text = Uri.UnescapeDataString(value.Replace('+', ' ')).Trim() is { Length: > 0 } trimmed ? trimmed : null;
            string? ValueOf(JsonObject issue) => filter == "sku" || issue[filter] is JsonArray ? null : (string?)issue[filter];
            if (operation.AnswersCounts)
            {
                var having = issues.Values.Count(issue => ValueOf(issue.Data) == text);
                Assert.That((int)answer.Data["issues"]!, Is.EqualTo(having), about);
                return;
            }

            Assert.That(answer.Issues.Select(issue => ValueOf(issue!.AsObject())), Is.All.EqualTo(text), about);
            return;
        }

        Assert.That((answer.Status, CodeOf(answer.Text)), Is.EqualTo((HttpStatusCode.BadRequest, "validation_failed")), about);
        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { filter }), about);
    }

    /// <summary>Asserts that the operation, or the server before it, refuses these bytes and leaves its issue as it is.</summary>
    public async Task RefusesAsync(DescribedOperation operation, HostileHead head)
    {
        var about = $"{head} to {operation}";
        var (status, text) = await Api.SendRawAsync(head.Make(operation, Api.Address.Authority));
        Assert.That(((int)status, CodeOf(text)), Is.EqualTo((head.Status, head.Code)), $"{about}: {text}");
        Assert.That(text.EndsWith("\r\n\r\n", StringComparison.Ordinal), Is.True, "a head alone, or chunks to their end");
        Assert.That(text.Contains("Content-Length: 0\r\n", StringComparison.Ordinal), Is.EqualTo(head.Code is null), about);
        await StillHasAsync(operation, about);
    }

    /// <summary>Asserts that every issue is as it was last answered, and that no other came to be.</summary>
    public async Task StoredNothingElseAsync()
    {
        foreach (var operation in Operations)
        {
            await StillIsAsync(issues[operation.Name], "in the end");
        }

        Assert.That((await Api.CreateAsync(Api.Minimal())).Succeeded(HttpStatusCode.Created).IssueId, Is.EqualTo($"{lastNumber + 1}"));
    }

    public void Dispose() => service.Dispose();

    private static Ticket Ticket(string id) => new()
    {
        TicketId = id,
        Subject = "Subject",
        CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1_763_592_988),
        RequesterName = "Josh",
        RequesterEmail = "josh@example.com",
        OrderId = "A-1",
    };

    private static HttpRequestMessage Request(Api api, DescribedOperation operation, string target, HostileBody body)
    {
        var request = new HttpRequestMessage(operation.Method, new Uri($"http://{api.Address.Authority}{target}", AsItIs));
        if (operation.TakesBody)
        {
            request.Headers.TransferEncodingChunked = body.IsChunked;
            request.Content = new ByteArrayContent(body.Make(Encoding.UTF8.GetBytes(operation.Example.ToJsonString())));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", body.MediaType);
            if (body.Coding is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Encoding", body.Coding);
            }
        }

        return request;
    }

    private static string? CodeOf(string text) => Code().Match(text) is { Success: true } match ? match.Groups["code"].Value : null;

    [GeneratedRegex("\"code\":\"(?<code>[a-z_]+)\"")]
    private static partial Regex Code();

    /// <summary>Asserts that the issue that the operation changes, if it does, is as it was last answered.</summary>
    private Task StillHasAsync(DescribedOperation operation, string about) =>
        operation.TakesBody && operation.HasPathParameter ? StillIsAsync(issues[operation.Name], about) : Task.CompletedTask;

    private async Task StillIsAsync(Answer issue, string about)
    {
        var read = await Api.GetAsync($"/api/order-issue/{issue.IssueId}");
        Assert.That((read.Text, read.Headers.ETag), Is.EqualTo((issue.Text, issue.Headers.ETag)), about);
    }
}
