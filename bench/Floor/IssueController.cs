using Microsoft.AspNetCore.Mvc;

namespace OrderIssues.Floor;

/// <summary>What the framework alone costs: it takes the service's bodies, keeps nothing, and always answers the same issue.</summary>
[ApiController, Route("issue")]
public sealed class IssueController : ControllerBase
{
    private static readonly object Issue = new
    {
        ok = true,
        data = new
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
        },
    };

    [HttpGet]
    public object Get() => Issue;

    [HttpPost]
    [HttpPut]
    public object Take(Body body) => Issue;
}
