using OrderIssues.Application.Common.Idempotency;
using OrderIssues.Application.Issues.Erasing;
using OrderIssues.Application.Issues.Views;
using OrderIssues.Domain;

namespace OrderIssues.Application.Privacy;

/// <summary>What customers leave outside their issues: remembered responses, and views that name them.</summary>
internal sealed class CustomerTraces(RememberedResponses responses, SavedViews views)
{
    public async Task EraseAsync(IReadOnlyCollection<ErasedIssue> erased)
    {
        await responses.ForgetAsync(erased.SelectMany(issue => issue.IssueIds).ToHashSet());
        await views.RemoveAsync(erased.SelectMany(issue => issue.Names).Select(CaseFolding.Fold).ToHashSet());
    }
}
