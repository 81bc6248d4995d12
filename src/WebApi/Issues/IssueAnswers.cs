using AutoMapper;
using OrderIssues.WebApi.Issues.Models;

namespace OrderIssues.WebApi.Issues;

internal static class IssueAnswers
{
    /// <summary>Makes the body and sets the <c>ETag</c>.</summary>
    public static IssueResponse Answer(this HttpResponse response, OrderIssue issue, IMapper mapper)
    {
        response.Headers.ETag = EntityTags.Of(issue);
        return new IssueResponse { Data = mapper.Map<IssueModel>(issue) };
    }
}
