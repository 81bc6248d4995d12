using AutoMapper;
using OrderIssues.Application.Issues;

namespace OrderIssues.WebApi.Issues.Models;

internal static class IssueResponses
{
    /// <summary>Content type that the framework's formatter gives to responses.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>Returns the response body, and sets the <c>ETag</c> header.</summary>
    public static IssueResponse WithETag(this HttpResponse response, OrderIssue issue, IMapper mapper)
    {
        response.Headers.ETag = EntityTags.Of(issue);
        return new IssueResponse { Data = mapper.Map<IssueModel>(issue), StoredBytes = issue.StoredBytes };
    }

    /// <summary>Returns the response body to a report, and sets the <c>ETag</c> header.</summary>
    public static IssueResponse WithETag(this HttpResponse response, ReportedIssue reported, IMapper mapper) =>
        response.WithETag(reported.Issue, mapper) with
        {
            PossibleDuplicates = reported.PossibleDuplicates is { Count: > 0 } numbers ? numbers : null,
        };
}
