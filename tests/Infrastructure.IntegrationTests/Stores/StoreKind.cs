namespace OrderIssues.Infrastructure.IntegrationTests.Stores;

/// <summary>Where issues can be kept.</summary>
public enum StoreKind
{
    Sqlite,
    MongoDb,
}
