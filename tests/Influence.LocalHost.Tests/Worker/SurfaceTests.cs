using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalRuntime.Tests.Worker;

/// <summary>
/// Every public member of the local runtime is one of the real packages': code compiles against both.
/// </summary>
public sealed class SurfaceTests
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, HashSet<string>> Api = ReadApi();

    public static TheoryData<string> PublicTypes => [.. typeof(FunctionAttribute).Assembly.GetExportedTypes().Select(t => t.FullName!)];

    [Theory]
    [MemberData(nameof(PublicTypes))]
    public void Every_public_type_is_a_type_of_the_packages_and_has_no_member_of_its_own(string name)
    {
        Assert.True(Api.TryGetValue(name, out var members), $"{name} is not in functions-worker-api*.txt");
        var type = typeof(FunctionAttribute).Assembly.GetType(name)!;
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            Assert.Contains(Signature(type.GetMethod("Invoke")!), members);
            return;
        }

        foreach (var member in type.GetMembers(Own).Where(m => m is not MethodInfo { IsSpecialName: true }))
            Assert.Contains(Signature(member), members);
    }

    [Fact]
    public void The_copy_of_the_list_is_the_list()
    {
        var list = Path.Combine(Influence.Tests.TestAzurite.Root, "..", "shared", "functions-worker", "api.txt");
        if (File.Exists(list))
            Assert.Equal(File.ReadAllText(list), File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "functions-worker-api.txt")));
    }

    private static string Signature(MemberInfo member) =>
        member switch
        {
            ConstructorInfo c => $"ctor({Parameters(c)})",
            PropertyInfo p =>
                $"{Static(p.GetMethod!)}{Name(p.PropertyType)} {p.Name} {{ get; {(p.SetMethod?.IsPublic == true ? "set; " : "")}}}",
            MethodInfo m =>
                $"{(IsExtension(m) ? "static extension " : Static(m))}{Name(m.ReturnType)} {m.Name}{Generic(m)}({Parameters(m)})",
            FieldInfo { IsLiteral: true } f => $"{f.Name} = {f.GetRawConstantValue()}",
            FieldInfo { Name: "value__" } => "value__",
            _ => member.ToString()!,
        };

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static bool IsExtension(MethodInfo method) => method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute));

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ",
            method
                .GetParameters()
                .Select(p =>
                    (p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
                    + $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = null" : "")}"
                )
        );

    private static string Name(Type type)
    {
        if (type == typeof(void))
            return "void";
        if (type == typeof(string))
            return "string";
        if (type == typeof(bool))
            return "bool";
        if (type == typeof(object))
            return "object";
        if (type == typeof(string[]))
            return "string[]";
        if (type.IsGenericParameter)
            return type.Name;
        if (!type.IsGenericType)
            return type.FullName!;
        var name = type.GetGenericTypeDefinition().FullName!;
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    // "[assembly]", then "kind full.name : bases", then members, two spaces in.
    private static Dictionary<string, HashSet<string>> ReadApi()
    {
        var api = new Dictionary<string, HashSet<string>>();
        HashSet<string>? members = null;
        string[] lists = ["functions-worker-api.txt", "functions-worker-api-more.txt"];
        foreach (var line in lists.SelectMany(l => File.ReadLines(Path.Combine(AppContext.BaseDirectory, l))))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
                members!.Add(line.Trim());
            else if (line.Length > 0 && line[0] is not ('#' or '['))
                api[line.Split(" : ")[0].Split(' ')[^1]] = members = ["value__"];
        }

        return api;
    }
}
