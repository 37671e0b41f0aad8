using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Emu.Generators.Plugins.Lowering;

/// <summary>
/// Writes the code that tells a callback's body to the contract's <c>CallbackBody</c>, from the same C# that is compiled: locals, conditions, integer arithmetic, and words of scoreboards.
/// What is beyond that is refused with a reason, and the body is called.
/// </summary>
internal sealed class BodyWriter
{
    private readonly BodyScope _scope;
    private readonly ExpressionWriter _expressions;

    private BodyWriter(BodyScope scope)
    {
        _scope = scope;
        _expressions = new ExpressionWriter(scope);
    }

    /// <summary>The statements that tell the body; or none, and why it must be called.</summary>
    public static (EquatableArray<string> Lines, string? Reason) Write(IMethodSymbol method, Compilation compilation)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax declaration)
            return (default, "it has no body here");
        var scope = new BodyScope(method, compilation, compilation.GetSemanticModel(declaration.SyntaxTree));
        if (compilation.Options is CSharpCompilationOptions { CheckOverflow: true })
            scope.Refuse(declaration, "the project checks for overflow");
        var writer = new BodyWriter(scope);
        if (declaration.ExpressionBody is { Expression: var expression })
            writer.Do(expression);
        else if (declaration.Body is { } body)
            writer.Write(body);
        return scope.Reason is { } reason ? (default, reason) : (new([.. scope.Lines]), null);
    }

    private void Write(StatementSyntax statement)
    {
        switch (statement)
        {
            case BlockSyntax block:
                foreach (var inner in block.Statements)
                    Write(inner);
                break;
            case ExpressionStatementSyntax { Expression: var expression }:
                Do(expression);
                break;
            case LocalDeclarationStatementSyntax { Declaration: var declaration }:
                foreach (var variable in declaration.Variables)
                    Declare(variable);
                break;
            case IfStatementSyntax choice:
                Write(choice);
                break;
            case ReturnStatementSyntax { Expression: null }:
                _scope.Lines.Add("body.Return();");
                break;
            case EmptyStatementSyntax:
                break;
            default:
                _scope.Refuse(statement, $"a statement of kind {statement.Kind()}");
                break;
        }
    }

    private void Write(IfStatementSyntax choice)
    {
        _scope.Lines.Add($"body.If({_expressions.Value(choice.Condition).Code});");
        Write(choice.Statement);
        if (choice.Else is { Statement: var otherwise })
        {
            _scope.Lines.Add("body.Else();");
            Write(otherwise);
        }

        _scope.Lines.Add("body.End();");
    }

    private void Declare(VariableDeclaratorSyntax variable)
    {
        var local = (ILocalSymbol)_scope.Model.GetDeclaredSymbol(variable)!;
        switch (variable.Initializer?.Value)
        {
            case RefExpressionSyntax { Expression: var place } when _expressions.Words.Read(place) is { Index: null } word:
                _scope.Add(local, word);
                break;
            case null or RefExpressionSyntax:
                _scope.Refuse(variable, $"'{variable}' is neither a number nor a reference to a part of a scoreboard");
                break;
            case var value:
                _scope.Add(local, _scope.Declare(local.Name, _expressions.Value(value).Code));
                break;
        }
    }

    private void Do(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case AssignmentExpressionSyntax assignment:
                Assign(assignment);
                break;
            case PostfixUnaryExpressionSyntax { Operand: var target } step when step.IsKind(SyntaxKind.PostIncrementExpression) || step.IsKind(SyntaxKind.PostDecrementExpression):
                Step(target, step.IsKind(SyntaxKind.PostIncrementExpression));
                break;
            case PrefixUnaryExpressionSyntax { Operand: var target } step when step.IsKind(SyntaxKind.PreIncrementExpression) || step.IsKind(SyntaxKind.PreDecrementExpression):
                Step(target, step.IsKind(SyntaxKind.PreIncrementExpression));
                break;
            case InvocationExpressionSyntax call:
                Increment(call);
                break;
            default:
                _scope.Refuse(expression, $"'{expression}' is not lowered as a statement");
                break;
        }
    }

    private void Step(ExpressionSyntax target, bool isUp) => Change(
        target, target, isUp ? SyntaxKind.AddExpression : SyntaxKind.SubtractExpression, new(Names.Constant("1UL"), 1), divisor: null);

    private void Assign(AssignmentExpressionSyntax assignment)
    {
        var value = _expressions.Value(assignment.Right);
        if (!assignment.IsKind(SyntaxKind.SimpleAssignmentExpression))
            Change(assignment, assignment.Left, OperatorOf(assignment), value, _expressions.ConstantOf(assignment.Right));
        else if (LocalOf(assignment.Left) is { } local)
            _scope.Lines.Add($"{local} = body.Assign({local}, {value.Code});");
        else if (_expressions.Words.ReadNumber(assignment.Left) is { } word)
            _scope.Lines.Add($"body.Write({word.Arguments}, {value.Code});");
        else
            _scope.Refuse(assignment, $"'{assignment.Left}' is neither a local nor part of a scoreboard");
    }

    private void Change(SyntaxNode node, ExpressionSyntax target, SyntaxKind op, Lowered by, ulong? divisor)
    {
        if (NumberType.Of(_scope.TypeOf(target)) is not { Bits: >= 32 } type)
        {
            _scope.Refuse(node, $"'{target}' is no int, uint, long or ulong");
        }
        else if (LocalOf(target) is { } local)
        {
            _scope.Lines.Add($"{local} = body.Assign({local}, {_expressions.Binary(node, op, new(local, type.Max), by, type, divisor).Code});");
        }
        else if (_expressions.Words.ReadNumber(target) is not { } word)
        {
            _scope.Refuse(node, $"'{target}' is neither a local nor part of a scoreboard");
        }
        else if (op is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression)
        {
            var amount = op == SyntaxKind.AddExpression ? by.Code : $"body.Apply({Names.Op("Sub")}, {Names.Constant("0UL")}, {by.Code})";
            _scope.Lines.Add($"body.Add({word.Arguments}, {amount});");
        }
        else
        {
            var index = word.Index is { } computed ? word with { Index = _scope.Declare("index", computed) } : word;
            var old = new Lowered($"body.Read({index.Arguments})", type.Max);
            _scope.Lines.Add($"body.Write({index.Arguments}, {_expressions.Binary(node, op, old, by, type, divisor).Code});");
        }
    }

    /// <summary>The one method of the contract that is lowered as such, for a counter that is known when code is translated.</summary>
    private void Increment(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var list } || _scope.SymbolOf(call) is not IMethodSymbol { Name: "Increment" } method ||
            PluginNames.FullName(method.ContainingType) != PluginNames.Space + ".CounterList" || _scope.MemberOf(list) is not { } counters)
        {
            _scope.Refuse(call, $"'{call}' is a call");
            return;
        }

        var number = call.ArgumentList.Arguments[1].Expression;
        while (number is CastExpressionSyntax or ParenthesizedExpressionSyntax)
            number = number is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)number).Expression;
        if (!_scope.IsUserData(number) && _expressions.ConstantOf(number) is null)
            _scope.Refuse(call, $"the number of the counter, '{number}', is neither user data nor a constant");
        else
            _scope.Lines.Add($"body.Add({counters}.Entry((int){(_scope.IsUserData(number) ? "userData" : $"({_expressions.ConstantOf(number)}UL)")}), {Names.Constant("0UL")}, {Names.Constant("1UL")});");
    }

    private string? LocalOf(ExpressionSyntax expression) => _scope.SymbolOf(expression) is ILocalSymbol local ? _scope.LocalOf(local) : null;

    private static SyntaxKind OperatorOf(AssignmentExpressionSyntax assignment) => assignment.Kind() switch
    {
        SyntaxKind.AddAssignmentExpression => SyntaxKind.AddExpression,
        SyntaxKind.SubtractAssignmentExpression => SyntaxKind.SubtractExpression,
        SyntaxKind.MultiplyAssignmentExpression => SyntaxKind.MultiplyExpression,
        SyntaxKind.DivideAssignmentExpression => SyntaxKind.DivideExpression,
        SyntaxKind.ModuloAssignmentExpression => SyntaxKind.ModuloExpression,
        SyntaxKind.AndAssignmentExpression => SyntaxKind.BitwiseAndExpression,
        SyntaxKind.OrAssignmentExpression => SyntaxKind.BitwiseOrExpression,
        SyntaxKind.ExclusiveOrAssignmentExpression => SyntaxKind.ExclusiveOrExpression,
        SyntaxKind.LeftShiftAssignmentExpression => SyntaxKind.LeftShiftExpression,
        SyntaxKind.RightShiftAssignmentExpression => SyntaxKind.RightShiftExpression,
        var other => other,
    };
}
