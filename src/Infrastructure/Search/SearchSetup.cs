using OrderIssues.Application.Events;

namespace OrderIssues.Infrastructure.Search;

internal static class SearchSetup
{
    /// <summary>Registers the index of the store's texts, in a file of its own.</summary>
    public static IServiceCollection AddTextIndex(this IServiceCollection services, string path) => services
        .AddSingleton(new SearchIndexFile(path))
        .AddSingleton<IndexTail>()
        .AddSingleton<TextIndex>()
        .AddSingleton<IFollower, TextIndexFollower>();
}
