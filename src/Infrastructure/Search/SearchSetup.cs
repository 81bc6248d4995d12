using OrderIssues.Application.Events;
using OrderIssues.Infrastructure.SqliteDriver;

namespace OrderIssues.Infrastructure.Search;

internal static class SearchSetup
{
    /// <summary>Registers the index of the store's texts.</summary>
    /// <param name="services">Services.</param>
    /// <param name="file">File of the index.</param>
    /// <param name="newReaders">Makes the readers that have it.</param>
    public static IServiceCollection AddTextIndex(
        this IServiceCollection services, SearchIndexFile file, Func<IServiceProvider, SqliteReaders> newReaders) => services
        .AddSingleton(file)
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<IndexedSearch>(provider, newReaders(provider)))
        .AddSingleton<IndexTail>()
        .AddSingleton<TextIndex>()
        .AddSingleton<IFollower, TextIndexFollower>();
}
