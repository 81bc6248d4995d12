namespace OrderIssues.Client;

/// <summary>A file that is being fetched. A file that breaks off fails where it is read.</summary>
/// <param name="content">The file's bytes, as they come.</param>
public sealed class OrderIssueFile(Stream content) : IDisposable
{
    /// <summary>The file's bytes, as they come.</summary>
    public Stream Content { get; } = content;

    /// <summary>The file's name, as the service suggests it.</summary>
    public string? Name { get; init; }

    /// <summary>The media type, such as <c>text/csv</c>.</summary>
    public string? MediaType { get; init; }

    /// <summary>Ends the fetching.</summary>
    public void Dispose() => Content.Dispose();
}
