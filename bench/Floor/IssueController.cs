using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace OrderIssues.Floor;

/// <summary>What the framework alone costs: it takes the service's bodies, and always answers the same issue.</summary>
[ApiController, Route("issue")]
public sealed class IssueController(Journal journal) : ControllerBase
{
    private static readonly object Data = new
    {
        _id = "691ee7a04c1f8d2b7a000001",
        issueId = "1600001",
        OrderId = "111-0944945-3989852",
        ticketId = "18362",
        channel = "freshdesk",
        source = "freshdesk",
        items = Array.Empty<object>(),
        trackingNumber = Array.Empty<string>(),
        customerName = "Josh",
        customerEmail = "josh@example.com",
        issueType = "delivery issue",
        status = "open",
        customerReachedAt = "2025-11-19T22:36:28.000Z",
        discussion = Array.Empty<object>(),
        createdAt = "2025-11-20T10:00:00.000Z",
        updatedAt = "2025-11-20T10:00:00.000Z",
        __v = 0,
    };

    private static readonly object Issue = new { ok = true, data = Data };
    private static readonly object Page = new { ok = true, data = Enumerable.Repeat(Data, 50).ToArray() };

    [HttpGet]
    public object Get() => Issue;

    [HttpPost]
    [HttpPut]
    public object Take(Body body) => Issue;

    [HttpGet("page")]
    public object GetPage() => Page;

    /// <summary>Answers once the body is on the disk.</summary>
    [HttpPost("synced")]
    [HttpPut("synced")]
    public async Task<object> TakeForGood(Body body)
    {
        await journal.AppendAsync(JsonSerializer.SerializeToUtf8Bytes(body));
        return Issue;
    }
}
