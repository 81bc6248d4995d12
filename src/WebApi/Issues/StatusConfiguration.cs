using OrderIssues.Domain.Issues;
using OrderIssues.WebApi.Hosting;

namespace OrderIssues.WebApi.Issues;

/// <summary>The keys <c>Issues:Statuses</c> and <c>Issues:ResolvedStatuses</c>: lists, or one text with commas.</summary>
internal static class StatusConfiguration
{
    /// <exception cref="StartupException">The two don't fit together.</exception>
    public static IssueStatuses Read(IConfiguration configuration)
    {
        try
        {
            return new IssueStatuses(ConfiguredList.Read(configuration, "Issues:Statuses"), ConfiguredList.Read(configuration, "Issues:ResolvedStatuses"));
        }
        catch (ArgumentException exception)
        {
            throw new StartupException($"Issues:Statuses and Issues:ResolvedStatuses: {exception.Message}.");
        }
    }
}
