using AutoMapper;
using OrderIssues.Domain.Issues;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Issues;

/// <summary>How every operation answers that answers with one issue.</summary>
internal static class IssueAnswers
{
    /// <summary>The body; what names the state of the issue is put into the header.</summary>
    public static IssueResponse Answer(this HttpResponse response, OrderIssue issue, IMapper mapper)
    {
        response.Headers.ETag = EntityTags.Of(issue);
        return new IssueResponse { Data = mapper.Map<IssueModel>(issue) };
    }
}
