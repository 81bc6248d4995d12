using OrderIssues.Application.Common.Errors;
using OrderIssues.Domain.Issues;

namespace OrderIssues.WebApi.Issues;

/// <summary>The keys <c>Issues:Statuses</c> and <c>Issues:ResolvedStatuses</c>: lists, or one text with commas.</summary>
internal static class StatusConfiguration
{
    /// <exception cref="StartupException">The two don't fit together.</exception>
    public static IssueStatuses Read(IConfiguration configuration)
    {
        try
        {
            return new IssueStatuses(List(configuration, "Issues:Statuses"), List(configuration, "Issues:ResolvedStatuses"));
        }
        catch (ArgumentException exception)
        {
            throw new StartupException($"Issues:Statuses and Issues:ResolvedStatuses: {exception.Message}.");
        }
    }

    private static List<string> List(IConfiguration configuration, string key) =>
        [
            .. configuration.GetSection(key).GetChildren().Select(child => child.Value)
                .Append(configuration[key])
                .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        ];
}
