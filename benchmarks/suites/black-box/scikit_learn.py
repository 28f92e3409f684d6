"""What the suite asks of scikit-learn, as JSON: `tables` prints real tables, `boost` reads tables and fits them."""

import json
import sys


def tables():
    """Real tables that scikit-learn carries: diabetes in raw units, wine, breast cancer."""
    from sklearn import datasets

    def columns(names, matrix):
        return {name: matrix[:, i].tolist() for i, name in enumerate(names)}

    diabetes = datasets.load_diabetes(scaled=False)
    wine = datasets.load_wine()
    cancer = datasets.load_breast_cancer()
    return {
        "diabetes": {**columns(diabetes.feature_names, diabetes.data), "progression": diabetes.target.tolist()},
        "wine": columns(wine.feature_names, wine.data),
        "breast-cancer": {**columns(cancer.feature_names, cancer.data), "benign": cancer.target.tolist()},
    }


def boost(job):
    """Predictions of GradientBoostingRegressor for the rows of every fold, fitted to the others; nodes of its trees."""
    import numpy
    from sklearn.ensemble import GradientBoostingRegressor

    x, y = numpy.array(job["inputs"]).T, numpy.array(job["target"])
    predictions, sizes = numpy.empty(len(y)), []
    for fold in job["folds"]:
        train = numpy.setdiff1d(numpy.arange(len(y)), fold)
        model = GradientBoostingRegressor(random_state=job["seed"]).fit(x[train], y[train])
        predictions[fold] = model.predict(x[fold])
        sizes.append(int(sum(tree[0].tree_.node_count for tree in model.estimators_)))
    return {"predictions": predictions.tolist(), "sizes": sizes}


if __name__ == "__main__":
    json.dump(tables() if sys.argv[1] == "tables" else boost(json.load(sys.stdin)), sys.stdout)
