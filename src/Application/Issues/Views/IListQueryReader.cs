using OrderIssues.Application.Issues.Queries;

namespace OrderIssues.Application.Issues.Views;

/// <summary>Reads queries of the list as callers write them.</summary>
public interface IListQueryReader
{
    /// <returns>The query, and a message for each rule of the list that it breaks.</returns>
    (ListIssues Query, IReadOnlyList<string> Errors) Read(string text);
}
