using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace OrderIssues.WebApi.OpenApi;

/// <summary>
/// NSwag 14.8.0 asks for version 11.6.2 of NJsonSchema.NewtonsoftJson, and the runtime takes no lower one by itself. Answers with the
/// 11.6.1 that stands beside the app. Delete it, the direct reference and the NoWarn NU1605 once 11.6.2 can be restored.
/// </summary>
internal static class NJsonSchemaAssembly
{
    private const string Name = "NJsonSchema.NewtonsoftJson";

#pragma warning disable CA2255 // It must be in place before the first method that names a type of NSwag is compiled.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void AcceptOlderVersion() =>
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == Name
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Name}.dll"))
            : null;
}
